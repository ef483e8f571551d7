import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sharedDatabase } from "@repo/postgres-testing";
import { afterEach, expect, it } from "vitest";
import { PgClient } from "../client/pg-client.js";
import { migrate } from "../migrations/migrate.js";
import { WebhookReceiver } from "./testing/webhook-receiver.js";
import { deliveriesOf, insertChannel, logMessages } from "./testing/webhook-fixture.js";
import { WebhookWorker } from "./webhook-worker.js";

const TSX = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const PROGRAM = fileURLToPath(new URL("./testing/worker-process.ts", import.meta.url));

const closing: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const part of closing.splice(0).toReversed()) await part.close();
});

it("delivers again, under the same id, what a node killed with -9 was delivering", async () => {
  const { connectionString } = await sharedDatabase();
  const client = new PgClient({ connectionString });
  const receiver = await WebhookReceiver.start();
  closing.push(client, receiver);
  await migrate(client);
  const channel = await insertChannel(client, "order:%", { urls: [receiver.url] });
  await logMessages(client, channel, [{ payload: 1 }]);
  receiver.reply = () => undefined; // it is being delivered until the kill

  const node = startNode(connectionString);
  await expect.poll(() => receiver.received.length).toBe(1);
  await kill(node);
  expect(await deliveriesOf(client)).toMatchObject([{ state: "pending", attempts: 1 }]);

  receiver.reply = (response) => response.end();
  const local = { allowHttp: true, allowAddresses: ["127.0.0.1"] };
  const worker = new WebhookWorker({ client, ...local, pollMs: 50 });
  closing.push(worker);
  await worker.start();
  await expect.poll(() => deliveriesOf(client)).toMatchObject([{ state: "delivered", attempts: 2 }]);
  const [first, second] = receiver.received;
  expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  expect(receiver.received).toHaveLength(2);
});

it("loses nothing and repeats only what was being delivered while nodes are killed one after the other", async () => {
  const { connectionString } = await sharedDatabase();
  const client = new PgClient({ connectionString });
  const receiver = await WebhookReceiver.start();
  closing.push(client, receiver);
  await migrate(client);
  const channel = await insertChannel(client, "order:%", { urls: [receiver.url] });
  const total = 600;
  for (let from = 0; from < total; from += 100)
    await logMessages(
      client,
      channel,
      Array.from({ length: 100 }, (_, index) => ({ payload: from + index })),
    );
  const seen = new Set<string>();
  receiver.reply = (response, { body }) => {
    const isRefused = Number(body) % 7 === 0 && !seen.has(body);
    seen.add(body);
    response.writeHead(isRefused ? 503 : 200).end();
  };

  for (const killedAt of [100, 250, 400]) {
    const node = startNode(connectionString);
    await expect.poll(() => receiver.received.length).toBeGreaterThan(killedAt);
    await kill(node);
  }
  const last = startNode(connectionString);
  closing.push({ close: () => kill(last) });
  await expect.poll(() => undelivered(client)).toBe(0);
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(total);
  const ids = new Set(receiver.received.map(({ headers }) => headers["webhook-id"]));
  expect(ids.size).toBe(total);
});

function startNode(connectionString: string): ChildProcess {
  return fork(PROGRAM, [connectionString], { execArgv: ["--import", TSX, "--conditions=@repo/source"] });
}

async function kill(node: ChildProcess): Promise<void> {
  if (node.exitCode !== null || node.signalCode !== null) return;
  const ended = once(node, "exit");
  node.kill("SIGKILL");
  await ended;
}

async function undelivered(client: PgClient): Promise<number> {
  return (await deliveriesOf(client)).filter(({ state }) => state !== "delivered").length;
}
