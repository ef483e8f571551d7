import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRealtimeHarness } from "@repo/core-testing";
import type { SqlClient } from "@repo/realtime-postgres";
import { boardPresence, InMemoryTaskRepository, taskListChannel } from "@repo/tasks";
import { SqlTaskRepository } from "@repo/tasks/server";
import { expect, it, onTestFinished, vi } from "vitest";
import { bindAll } from "./bind-all";
import { createBoardPresence } from "./board-presence";
import { createServices } from "./create-services";
import { openAppDatabase } from "./database/open-app-database";
import { DEMO_PEOPLE } from "./demo-people";
import { readEnvironment } from "./environment";
import { noAnnotations } from "./annotations/annotation-access";
import { noHubDesk } from "./hub/hub-desk";
import { noAutoRefresh } from "./hub/no-auto-refresh";
import { noOrderDesk, noWebhookDesk } from "./orders/no-order-desk";
import { InMemoryRevokedSessions } from "./revoked-sessions";

vi.setConfig({ testTimeout: 60_000 }); // a database starts twice, on a busy machine

const users = Object.fromEntries(DEMO_PEOPLE.map((person) => [person.userId, person]));
const production = { NODE_ENV: "production", SESSION_SECRET: "0123456789abcdef0123456789abcdef" };
const wish = { id: "a", title: "survive", column: "todo", rank: "V", mutationId: "m-1" } as const;

/** The app as server.ts wires it, without a port; its board in memory, or in a database that it closes. */
async function startApp(client?: SqlClient) {
  const tasks = client ? new SqlTaskRepository(client) : new InMemoryTaskRepository();
  const services = createServices(readEnvironment(production), { tasks, revoked: new InMemoryRevokedSessions() });
  const { history, logger } = services;
  const { observer, guard, bind } = createBoardPresence(logger, client);
  const harness = await createRealtimeHarness({ users, history, observers: [observer], guards: [guard] });
  const { registry, broadcaster: realtime, expel } = harness.realtime;
  const app = bindAll({
    ...services,
    registry,
    realtime,
    expel,
    orders: noOrderDesk,
    webhooks: noWebhookDesk,
    hubs: noHubDesk,
    autoRefresh: noAutoRefresh,
    annotations: noAnnotations,
  });
  const leave = bind(harness.realtime);
  let isOpen = true;
  const stop = async () => {
    if (!isOpen) return;
    isOpen = false;
    await leave();
    await harness.close();
    await client?.close();
  };
  onTestFinished(stop);
  return { app, harness, stop };
}

it("finds the board again after a restart, and a change that is asked for again is not made again", async () => {
  const folder = await mkdtemp(join(tmpdir(), "web-next-data-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const first = await startApp(await openAppDatabase({ kind: "folder", folder }));
  const mia = await first.harness.client("mia");
  await mia.subscribe(taskListChannel);
  const made = await mia.send(taskListChannel, "create", wish);
  await first.stop();
  const second = await startApp(await openAppDatabase({ kind: "folder", folder }));
  expect((await second.app.loadBoard()).tasks).toEqual([made]);
  const again = await second.harness.client("mia");
  await again.subscribe(taskListChannel);
  await expect(again.send(taskListChannel, "create", wish)).resolves.toEqual(made);
  expect((await second.app.loadBoard()).tasks).toEqual([made]);
});

it("hands a page a position since which a browser misses nothing", async () => {
  const { app, harness } = await startApp();
  const [mia, sam] = [await harness.client("mia"), await harness.client("sam")];
  await mia.subscribe(taskListChannel);
  await mia.send(taskListChannel, "create", wish);
  const { position } = await app.loadBoard();
  await mia.send(taskListChannel, "rename", { id: "a", title: "go on", mutationId: "m-2" });
  const { recovered, messages } = await sam.subscribe(taskListChannel, position && { since: position });
  expect(recovered).toBe(true);
  expect(messages).toMatchObject([{ event: "entity:updated", payload: { record: { title: "go on" } } }]);
});

it("shows who is on the board", async () => {
  const { harness } = await startApp();
  const [mia, sam] = [await harness.client("mia"), await harness.client("sam")];
  for (const client of [mia, sam]) await client.subscribe(taskListChannel);
  await sam.subscribe(boardPresence);
  await mia.subscribe(boardPresence);
  await mia.send(boardPresence, "presence:heartbeat", { meta: { looksAt: "a" } });
  let payload: unknown;
  do ({ payload } = await sam.nextMessage(boardPresence));
  while (!JSON.stringify(payload).includes('"looksAt":"a"')); // with its join, or after it
  expect(JSON.stringify(payload)).toContain('"userId":"mia"');
  const tab = await harness.client("sam");
  await tab.subscribe(taskListChannel);
  const { opening } = await tab.subscribe(boardPresence);
  expect(opening).toMatchObject({
    members: [{ userId: "mia", meta: { looksAt: "a" } }, { userId: "sam" }, { userId: "sam" }],
  });
});

it("has a member who may not touch a staff card, and one of the staff who may", async () => {
  const { harness } = await startApp();
  const [mia, sam] = [await harness.client("mia"), await harness.client("sam")];
  for (const client of [mia, sam]) await client.subscribe(taskListChannel);
  await sam.send(taskListChannel, "create", { ...wish, isStaff: true });
  await expect(mia.send(taskListChannel, "remove", { id: "a", mutationId: "m" })).rejects.toMatchObject({
    code: "REFUSED",
  });
  await expect(sam.send(taskListChannel, "remove", { id: "a", mutationId: "m" })).resolves.toMatchObject({ id: "a" });
});
