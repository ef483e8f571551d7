import { expect, it } from "vitest";
import { deferred } from "../testing/deferred.js";
import { board, pendingCommit, rename, task, type Task } from "../testing/task-board.js";
import { OptimisticCollection } from "./optimistic-collection.js";

it("lets no late message of an old version overwrite a newer one, or bring back what was deleted", async () => {
  const { tasks, titles } = await board(task("1", "one", 5), task("2", "two", 5));
  tasks.receive({ kind: "put", row: task("1", "late", 4) });
  tasks.receive({ kind: "remove", id: "2", version: 6 });
  tasks.receive({ kind: "put", row: task("2", "late", 5) });
  await tasks.delete("1", async () => undefined);
  tasks.receive({ kind: "put", row: task("1", "late", 6) });
  expect(titles()).toEqual([]);
});

it("misses nothing that arrives while a copy is loading, and takes the rest from the copy", async () => {
  const { tasks, titles } = await board(task("1", "one"), task("gone", "gone"));
  const copy = deferred<readonly Task[]>();
  const loaded = tasks.load(() => copy.promise);
  tasks.receive({ kind: "put", row: task("1", "newer than the copy", 3) });
  tasks.receive({ kind: "put", row: task("2", "two") });
  expect(titles()).toEqual(["newer than the copy", "gone", "two"]);
  copy.resolve([task("1", "one", 2), task("3", "three")]);
  await loaded;
  expect(titles()).toEqual(["newer than the copy", "three", "two"]);
});

it("keeps the later of two copies", async () => {
  const { tasks, titles } = await board();
  const [slow, fast] = [deferred<readonly Task[]>(), deferred<readonly Task[]>()];
  const loads = [tasks.load(() => slow.promise), tasks.load(() => fast.promise)];
  fast.resolve([task("1", "fresh")]);
  slow.resolve([task("1", "stale")]);
  await Promise.all(loads);
  expect(titles()).toEqual(["fresh"]);
});

it("keeps what is pending through a copy", async () => {
  const { tasks, titles } = await board(task("1", "one"));
  void tasks.create(task(tasks.temporaryId(), "offline"), pendingCommit().commit);
  await tasks.load(async () => [task("1", "uno", 2)]);
  expect(titles()).toEqual(["uno", "offline"]);
});

it("orders rows by `compare`, local ones among them", async () => {
  const tasks = new OptimisticCollection<Task>({
    key: ({ id }) => id,
    compare: (a, b) => a.title.localeCompare(b.title),
  });
  await tasks.load(async () => [task("1", "b"), task("2", "d")]);
  void tasks.create(task("x", "c"), pendingCommit().commit);
  expect(tasks.rows.map(({ title }) => title)).toEqual(["b", "c", "d"]);
  expect(tasks.rows).toBe(tasks.rows);
});

it("changes nothing where another has deleted the row meanwhile", async () => {
  const { tasks, titles } = await board(task("1", "one"));
  const { commit, reject } = pendingCommit();
  const renamed = tasks.update("1", rename("mine"), commit);
  tasks.receive({ kind: "remove", id: "1", version: 2 });
  expect(titles()).toEqual([]);
  reject(new Error("no such task"));
  await expect(renamed).rejects.toThrow("no such task");
  expect(titles()).toEqual([]);
});

it("shows a deleted row again where another client has restored it", async () => {
  const { tasks, titles } = await board(task("1", "one", 5));
  await tasks.delete("1", async () => undefined);
  tasks.receive({ kind: "remove", id: "1", version: 7 });
  tasks.receive({ kind: "put", row: task("1", "late", 7) });
  expect(titles()).toEqual([]);
  tasks.receive({ kind: "put", row: task("1", "restored", 8) });
  expect(titles()).toEqual(["restored"]);
});

it("takes the version of a removal from the reply: what is not above it is late", async () => {
  const { tasks, titles } = await board(task("1", "one", 5));
  await tasks.delete("1", async () => ({ id: "1", version: 12 }));
  tasks.receive({ kind: "put", row: task("1", "late", 9) });
  expect(titles()).toEqual([]);
  tasks.receive({ kind: "put", row: task("1", "restored", 13) });
  expect(titles()).toEqual(["restored"]);
});

it("shows the state of the copy", async () => {
  const tasks = new OptimisticCollection<Task>({ key: ({ id }) => id });
  const seen: string[] = [tasks.copy.status];
  tasks.watch(() => seen.push(tasks.copy.status));
  await expect(tasks.load(() => Promise.reject(new Error("offline")))).rejects.toThrow("offline");
  await tasks.load(async () => []);
  expect(seen).toEqual(["none", "loading", "failed", "loaded"]);
});

it("shows a row that was restored before the reply to its delete arrived", async () => {
  const { tasks, titles } = await board(task("1", "one", 3));
  const reply = deferred<undefined>();
  const deleted = tasks.delete("1", () => reply.promise);
  tasks.receive({ kind: "remove", id: "1", version: 4 }); // an echo without the mutation's id
  tasks.receive({ kind: "put", row: task("1", "restored", 5) });
  reply.resolve(undefined);
  await deleted;
  expect(titles()).toEqual(["restored"]);
});
