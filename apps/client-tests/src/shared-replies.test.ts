import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sharedDatabase } from "@repo/postgres-testing";
import { createRealtimeClient } from "@repo/realtime-client";
import { migrate, PgClient } from "@repo/realtime-postgres";
import { expect, it, onTestFinished } from "vitest";
import type { LabChannels } from "./lab-channels.js";
import type { ReplyNodeOrder } from "./reply-node-under-test.js";
import { nodeWs } from "./transports-under-test.js";

const PROGRAM = fileURLToPath(new URL("./reply-node-under-test.ts", import.meta.url));
const TSX = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

it("runs a message once whose node is killed after it was kept and before its client had the reply", async () => {
  const { order, runs } = await database();
  const doomed = await node({ ...order, diesAfter: "settle" });
  const reply = publishTo(doomed.port);
  await once(doomed.child, "exit");
  expect(await runs()).toBe(1);
  await node({ ...order, port: doomed.port });
  expect(await reply).toEqual({ noted: 1 });
  expect(await runs()).toBe(1);
}, 120_000);

it("runs a message again whose node is killed while it runs, when that node's claim has expired and not before", async () => {
  const { order, runs, client } = await database();
  const doomed = await node({ ...order, diesAfter: "handler" });
  const reply = publishTo(doomed.port);
  await once(doomed.child, "exit");
  const isClaimed = "select count(*)::int as count from realtime.replies where reply is null";
  expect(await client.query(isClaimed)).toEqual([{ count: 1 }]);
  await client.query("update realtime.replies set expires_at = expires_at + interval '1 hour'"); // however slow this machine is
  await node({ ...order, port: doomed.port });
  expect(await runs()).toBe(1);
  await client.query("update realtime.replies set expires_at = clock_timestamp()");
  expect(await reply).toEqual({ noted: 2 });
}, 120_000);

async function database() {
  const { connectionString } = await sharedDatabase();
  const client = new PgClient({ connectionString });
  onTestFinished(() => client.close());
  await migrate(client);
  await client.query("create table runs (note text)");
  const runs = async () =>
    (await client.query<{ count: number }>("select count(*)::int as count from runs"))[0]?.count ?? 0;
  return { client, runs, order: { connectionString, port: 0 } satisfies ReplyNodeOrder };
}

/** A node in a process of its own, which is killed with the test at the latest. */
async function node(order: ReplyNodeOrder): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const execArgv = ["--import", TSX, "--conditions=@repo/source"];
  const child = fork(PROGRAM, [JSON.stringify(order)], { execArgv });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [port] = await once(child, "message");
  return { child, port: Number(port) };
}

/** Mia's client publishes one note, comes back where its node dies, and sends the note again under the same id. */
function publishTo(port: number): Promise<unknown> {
  const client = createRealtimeClient<LabChannels>({
    url: `http://127.0.0.1:${port}/realtime`,
    transports: [nodeWs()],
    auth: () => "mia",
    random: () => 0.1,
  });
  onTestFinished(() => client.disconnect());
  const handle = client.channel("logs.{logId}", { logId: "1" });
  handle.subscribe(() => undefined);
  return handle.publish({ note: "once" });
}
