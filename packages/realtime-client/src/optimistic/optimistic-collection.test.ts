import { expect, it } from "vitest";
import { deferred } from "../testing/deferred.js";
import { board, pendingCommit, rename, task, type Task } from "../testing/task-board.js";

it("creates under a temporary id, and replaces it by the row that the server made", async () => {
  const { tasks, titles } = await board();
  const { commit, resolve } = pendingCommit();
  const temporary = tasks.temporaryId();
  const created = tasks.create(task(temporary, "new"), commit);
  expect(titles()).toEqual(["new"]);
  expect(tasks.pendingOf(temporary)).toMatchObject([{ kind: "create" }]);
  resolve(task("7", "New"));
  await expect(created).resolves.toEqual(task("7", "New"));
  expect(tasks.rows).toEqual([task("7", "New")]);
  expect(tasks.get(temporary)).toEqual(task("7", "New"));
  expect(tasks.pendingOf("7")).toEqual([]);
});

it.each(["the echo first", "the reply first", "a reply without a row"])(
  "shows a created row once: %s",
  async (order) => {
    const { tasks, titles } = await board();
    const seen: number[] = [];
    tasks.watch(() => seen.push(tasks.rows.length));
    const { commit, mutations, resolve } = pendingCommit();
    const created = tasks.create(task(tasks.temporaryId(), "new"), commit);
    const row = task("7", "new");
    const echo = () => tasks.receive({ kind: "put", row, mutationId: mutations[0]?.mutationId });
    if (order === "the echo first") echo();
    resolve(order === "a reply without a row" ? undefined : row);
    await created;
    if (order !== "the echo first") echo();
    expect(tasks.rows).toEqual([row]);
    expect(titles()).toEqual(["new"]);
    expect(seen.every((length) => length === 1)).toBe(true);
  },
);

it("updates at once, and takes back a refused update alone, with the reason", async () => {
  const { tasks, titles } = await board(task("1", "one"), task("2", "two"));
  const [first, second] = [pendingCommit(), pendingCommit()];
  const refused = tasks.update("1", rename("ONE"), first.commit);
  void tasks.update("2", rename("TWO"), second.commit);
  expect(titles()).toEqual(["ONE", "TWO"]);
  first.reject(new Error("a member may not"));
  await expect(refused).rejects.toThrow("a member may not");
  expect(titles()).toEqual(["one", "TWO"]);
});

it("deletes at once, and shows the row again as it is by then where that is refused", async () => {
  const { tasks, titles } = await board(task("1", "one"));
  const reply = deferred<undefined>();
  const deleted = tasks.delete("1", () => reply.promise);
  expect(titles()).toEqual([]);
  tasks.receive({ kind: "put", row: task("1", "renamed by another", 2) });
  expect(titles()).toEqual([]);
  reply.reject(new Error("staff only"));
  await expect(deleted).rejects.toThrow("staff only");
  expect(titles()).toEqual(["renamed by another"]);
});

it("shows changes of others at once while a local one is pending, on the same row too", async () => {
  const { tasks } = await board({ ...task("1", "one"), done: false } as Task);
  void tasks.update("1", rename("mine"), pendingCommit().commit);
  tasks.receive({ kind: "put", row: { ...task("1", "theirs", 2), done: true } as Task });
  tasks.receive({ kind: "put", row: task("2", "new of theirs") });
  expect(tasks.rows).toEqual([{ ...task("1", "mine", 2), done: true }, task("2", "new of theirs")]);
});

it("shows which local changes are based on an old version, and sends the base version to the server", async () => {
  const { tasks } = await board(task("1", "one", 4));
  const { commit, mutations } = pendingCommit();
  void tasks.update("1", rename("mine"), commit);
  expect(mutations).toMatchObject([{ id: "1", baseVersion: 4 }]);
  expect(tasks.pendingOf("1")).toMatchObject([{ kind: "update", isOutdated: false }]);
  tasks.receive({ kind: "put", row: task("1", "theirs", 5) });
  expect(tasks.pendingOf("1")).toMatchObject([{ kind: "update", isOutdated: true }]);
});

it("sends a row's changes to the server one after the other, each based on the last", async () => {
  const { tasks } = await board(task("1", "one", 1));
  const [first, second, other] = [pendingCommit(), pendingCommit(), pendingCommit()];
  void tasks.update("1", rename("two"), first.commit);
  const last = tasks.update("1", rename("three"), second.commit);
  void tasks.create(task("9", "elsewhere"), other.commit);
  expect([first.mutations.length, second.mutations.length, other.mutations.length]).toEqual([1, 0, 1]);
  first.resolve(task("1", "two", 2));
  await expect.poll(() => second.mutations).toMatchObject([{ baseVersion: 2 }]);
  second.resolve(task("1", "three", 3));
  await last;
  expect(tasks.get("1")).toEqual(task("1", "three", 3));
});

it("edits a row that the server has not named yet, and sends the change under its name", async () => {
  const { tasks } = await board();
  const [making, naming] = [pendingCommit(), pendingCommit()];
  const temporary = tasks.temporaryId();
  void tasks.create(task(temporary, "new"), making.commit);
  const renamed = tasks.update(temporary, rename("better"), naming.commit);
  expect(tasks.rows).toMatchObject([{ title: "better" }]);
  making.resolve(task("7", "new", 1));
  await expect.poll(() => naming.mutations).toMatchObject([{ id: "7", baseVersion: 1 }]);
  expect(tasks.rows).toEqual([task("7", "better", 1)]);
  naming.resolve(task("7", "better", 2));
  await renamed;
  expect(tasks.rows).toEqual([task("7", "better", 2)]);
});

it("lets what was meant for a row fall with it where the server refuses to make it", async () => {
  const { tasks, titles } = await board(task("1", "one"));
  const [making, naming] = [pendingCommit(), pendingCommit()];
  const temporary = tasks.temporaryId();
  const created = tasks.create(task(temporary, "new"), making.commit);
  const renamed = tasks.update(temporary, rename("better"), naming.commit);
  making.reject(new Error("the board is full"));
  await expect(created).rejects.toThrow("the board is full");
  await expect(renamed).rejects.toThrow("the board is full");
  expect(naming.mutations).toEqual([]);
  expect(titles()).toEqual(["one"]);
});

it("continues with a row's next change when the one before it was refused", async () => {
  const { tasks, titles } = await board(task("1", "one"));
  const [first, second] = [pendingCommit(), pendingCommit()];
  const refused = tasks.update("1", rename("rude"), first.commit);
  const taken = tasks.update("1", (row) => ({ ...row, title: `${row.title}!` }), second.commit);
  expect(titles()).toEqual(["rude!"]);
  first.reject(new Error("be kind"));
  await expect(refused).rejects.toThrow("be kind");
  expect(titles()).toEqual(["one!"]);
  second.resolve(undefined);
  await taken;
  expect(titles()).toEqual(["one!"]);
});
