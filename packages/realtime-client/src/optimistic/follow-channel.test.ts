import { expect, it, vi } from "vitest";
import type { RealtimeClient } from "../index.js";
import { deferred } from "../testing/deferred.js";
import { scriptedClient } from "../testing/scripted-client.js";
import { task, type Task } from "../testing/task-board.js";
import { followChannel } from "./follow-channel.js";
import { OptimisticCollection } from "./optimistic-collection.js";
import { readEntity, type EntityMessage } from "./read-entity.js";

const CHANNEL = "entity:Task";
const at = (offset: number) => ({ channel: CHANNEL, position: { epoch: "e", offset } });
const message = (offset: number, { event, payload }: EntityMessage<Task>) =>
  ({ type: "message", id: `${offset}`, event, payload, at: 0, sender: { type: "system" }, ...at(offset) }) as const;

async function follower(load?: () => Promise<readonly Task[]>) {
  const stage = scriptedClient();
  const tasks = new OptimisticCollection<Task>({ key: ({ id }) => id, version: ({ version }) => version });
  const untyped = stage.client as unknown as RealtimeClient; // its channels are on no list
  const handle = untyped.channel(CHANNEL);
  const onError = vi.fn();
  const undo = followChannel(handle, tasks, {
    read: (received) => readEntity(received as EntityMessage<Task>),
    load,
    onError,
    clock: stage.clock,
    random: () => 0.5,
  });
  await stage.connect();
  return { ...stage, tasks, handle, undo, onError, titles: () => tasks.rows.map(({ title }) => title) };
}

it("follows an entity channel: created, updated, deleted", async () => {
  const { transport, titles, undo } = await follower();
  transport.link.reply("subscribe", at(0));
  transport.link.emit(message(1, { event: "entity:created", payload: { id: "1", record: task("1", "one", 1) } }));
  transport.link.emit(message(2, { event: "entity:updated", payload: { id: "1", record: task("1", "uno", 2) } }));
  transport.link.emit(message(3, { event: "entity:created", payload: { id: "2", record: task("2", "two", 1) } }));
  expect(titles()).toEqual(["uno", "two"]);
  transport.link.emit(message(4, { event: "entity:deleted", payload: { id: "1", version: 3 } }));
  expect(titles()).toEqual(["two"]);
  undo();
  transport.link.emit(message(5, { event: "entity:deleted", payload: { id: "2", version: 2 } }));
  expect(titles()).toEqual(["two"]);
});

it("requests a copy after the subscribe, not before, and misses nothing that arrives meanwhile", async () => {
  const copy = deferred<readonly Task[]>();
  const load = vi.fn(() => copy.promise);
  const { transport, titles } = await follower(load);
  expect(load).not.toHaveBeenCalled();
  transport.link.reply("subscribe", at(0));
  expect(load).toHaveBeenCalledOnce();
  transport.link.emit(message(1, { event: "entity:updated", payload: { id: "1", record: task("1", "newer", 2) } }));
  copy.resolve([task("1", "one", 1), task("2", "two", 1)]);
  await expect.poll(titles).toEqual(["newer", "two"]);
});

it("requests a new copy after a gap, and for none after a recovery", async () => {
  const load = vi.fn(async () => [task("1", "one", load.mock.calls.length)]);
  const { transport, reconnect } = await follower(load);
  transport.link.reply("subscribe", at(5));
  await reconnect();
  transport.link.reply("subscribe", { ...at(5), recovered: true });
  expect(load).toHaveBeenCalledTimes(1);
  await reconnect();
  transport.link.reply("subscribe", { ...at(900), recovered: false });
  expect(load).toHaveBeenCalledTimes(2);
});

it("reports a copy that could not be loaded, shows it, continues, and loads again until that works", async () => {
  const load = vi.fn(async () => [task("2", "loaded")]);
  for (const cause of ["offline", "still"]) load.mockRejectedValueOnce(new Error(cause));
  const { transport, titles, tasks, onError, clock } = await follower(load);
  transport.link.reply("subscribe", at(0));
  await expect.poll(() => onError.mock.calls).toEqual([[new Error("offline")]]);
  expect(tasks.copy).toEqual({ status: "failed", error: new Error("offline") });
  transport.link.emit(message(1, { event: "entity:created", payload: { id: "1", record: task("1", "one") } }));
  expect(titles()).toEqual(["one"]);
  await clock.advanceAsync(10_000);
  expect([tasks.copy.status, titles()]).toEqual(["loaded", ["loaded"]]);
  expect(onError).toHaveBeenCalledOnce();
});

it("shows a copy that could not be loaded after a gap, and loads again until that works", async () => {
  const load = vi.fn(async () => [task("1", "one", load.mock.calls.length)]);
  const { transport, reconnect, tasks, clock } = await follower(load);
  transport.link.reply("subscribe", at(5));
  await expect.poll(() => tasks.copy.status).toBe("loaded");
  load.mockRejectedValueOnce(new Error("offline"));
  await reconnect();
  transport.link.reply("subscribe", { ...at(900), recovered: false });
  await expect.poll(() => tasks.copy.status).toBe("failed");
  transport.link.emit({ type: "pong" });
  await clock.advanceAsync(5_000);
  expect([tasks.copy.status, tasks.get("1")?.version]).toEqual(["loaded", 3]);
});

it("loads no more once it follows no more", async () => {
  const load = vi.fn(() => Promise.reject(new Error("offline")));
  const { transport, undo, clock } = await follower(load);
  transport.link.reply("subscribe", at(0));
  undo();
  await clock.advanceAsync(60_000);
  expect(load).toHaveBeenCalledOnce();
});

it("shows what is done offline at once, and the server's state when it comes", async () => {
  const { client, transport, tasks, handle, titles, clock } = await follower();
  transport.link.reply("subscribe", at(0));
  transport.link.break(1006);
  const created = tasks.create(task(tasks.temporaryId(), "offline", 0), async ({ mutationId }) => {
    return (await handle.publish("create", { title: "offline", mutationId })) as Task;
  });
  expect(titles()).toEqual(["offline"]);
  await clock.advanceAsync(500);
  transport.link.welcome();
  transport.link.reply("subscribe", { ...at(0), recovered: true });
  const [{ payload } = { payload: undefined }] = transport.link.of("message");
  const { mutationId } = payload as { readonly mutationId: string };
  const echo = { id: "7", record: task("7", "offline", 1), mutationId };
  transport.link.emit(message(1, { event: "entity:created", payload: echo }));
  expect(tasks.rows).toEqual([task("7", "offline", 1)]);
  transport.link.reply("message", task("7", "offline", 1));
  await created;
  expect(tasks.rows).toEqual([task("7", "offline", 1)]);
  client.disconnect();
});
