import { InMemoryHistory } from "@repo/core-realtime/server";
import { createRealtimeHarness } from "@repo/core-testing";
import { sharedDatabase } from "@repo/postgres-testing";
import { boardPresence, taskListChannel } from "@repo/tasks";
import { SqlTaskRepository } from "@repo/tasks/server";
import { expect, it, onTestFinished, vi } from "vitest";
import { noAnnotations } from "../annotations/annotation-access";
import { bindAll } from "../bind-all";
import { createBoardPresence } from "../board-presence";
import { createServices } from "../create-services";
import { openAppDatabase } from "../database/open-app-database";
import { DEMO_PEOPLE } from "../demo-people";
import { readEnvironment } from "../environment";
import { noHubDesk } from "../hub/hub-desk";
import { noAutoRefresh } from "../hub/no-auto-refresh";
import { InMemoryRevokedSessions } from "../revoked-sessions";
import { createSqlRealtime } from "./sql-realtime";

vi.setConfig({ testTimeout: 60_000 }); // two nodes join, on a busy machine

const users = Object.fromEntries(DEMO_PEOPLE.map((person) => [person.userId, person]));
const production = { NODE_ENV: "production", SESSION_SECRET: "0123456789abcdef0123456789abcdef" }; // no sample cards
const wish = { id: "a", title: "one", column: "todo", rank: "V", mutationId: "m-1" } as const;

it("has one board on two processes of one server: every change arrives on both, in one order, and a reader of either can resume", async () => {
  const { connectionString } = await sharedDatabase();
  const first = await startProcess(connectionString);
  const second = await startProcess(connectionString);
  const [mia, sam] = [await first.harness.client("mia"), await second.harness.client("sam")];
  for (const client of [mia, sam]) await client.subscribe(taskListChannel);
  await mia.send(taskListChannel, "create", wish);
  await sam.nextMessage(taskListChannel);
  const { tasks, position } = await second.app.loadBoard();
  expect(tasks).toMatchObject([{ id: "a", title: "one" }]);
  await sam.send(taskListChannel, "rename", { id: "a", title: "two", mutationId: "m-2" });
  await mia.send(taskListChannel, "rename", { id: "a", title: "three", mutationId: "m-3" });
  for (const client of [mia, sam]) await expect.poll(() => client.received(taskListChannel)).toHaveLength(3);
  const titles = mia.received(taskListChannel).map(({ payload }) => "record" in payload && payload.record.title);
  expect(titles).toEqual(["one", "two", "three"]);
  expect(sam.received(taskListChannel)).toEqual(mia.received(taskListChannel));

  const page = await first.harness.client("sam"); // rendered by one process, connected to the other
  const { recovered, messages } = await page.subscribe(taskListChannel, position && { since: position });
  expect(recovered).toBe(true);
  expect(messages).toMatchObject([
    { payload: { record: { title: "two" } } },
    { payload: { record: { title: "three" } } },
  ]);
});

it("shows on each process of one server who is on the board, wherever they are connected", async () => {
  const { connectionString } = await sharedDatabase();
  const first = await startProcess(connectionString);
  const second = await startProcess(connectionString);
  const [mia, sam] = [await first.harness.client("mia"), await second.harness.client("sam")];
  for (const client of [mia, sam]) await client.subscribe(taskListChannel);
  await mia.subscribe(boardPresence);
  await expect.poll(() => JSON.stringify(mia.received(boardPresence))).toContain('"userId":"mia"'); // she is stored
  const { opening } = await sam.subscribe(boardPresence);
  expect(opening).toMatchObject({ members: [{ userId: "mia" }, { userId: "sam" }] });
  await expect.poll(() => JSON.stringify(mia.received(boardPresence))).toContain('"userId":"sam"');
});

/** The app as server.ts wires it, without a port. */
async function startProcess(connectionString: string) {
  const environment = readEnvironment({ ...production, DATABASE_URL: connectionString });
  const client = await openAppDatabase(environment.sqlData);
  const services = createServices(environment, {
    tasks: new SqlTaskRepository(client),
    revoked: new InMemoryRevokedSessions(),
  });
  const onError = (cause: unknown) => services.logger.error({ err: cause }, "the database failed");
  const history = new InMemoryHistory();
  const { observer, guard, bind } = createBoardPresence(services.logger, client);
  const sql = await createSqlRealtime({ client, history, guards: [guard], observers: [observer], onError });
  const harness = await createRealtimeHarness({ ...sql.node, users });
  const { registry, broadcaster: realtime, expel } = harness.realtime;
  const app = bindAll({
    ...services,
    history: sql.node.history,
    registry,
    realtime,
    expel,
    orders: sql.orders,
    webhooks: sql.webhooks,
    hubs: noHubDesk,
    autoRefresh: noAutoRefresh,
    annotations: noAnnotations,
  });
  const leave = bind(harness.realtime);
  onTestFinished(async () => {
    await leave();
    await harness.close();
    await sql.close();
  });
  return { app, harness };
}
