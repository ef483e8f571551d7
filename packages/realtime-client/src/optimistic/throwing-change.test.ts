import { expect, it, vi } from "vitest";
import { deferred } from "../testing/deferred.js";
import { board, pendingCommit, rename, task, type Task } from "../testing/task-board.js";
import { OptimisticValue } from "./optimistic-value.js";

interface Tagged extends Task {
  readonly tags?: readonly string[];
}

/** A change as an app writes it that expects tags. */
const shout = (row: Tagged): Tagged => ({ ...row, tags: (row.tags as readonly string[]).map((tag) => `${tag}!`) });

it("rejects a change that throws at once, and leaves nothing", async () => {
  const { tasks, titles } = await board(task("1", "one"), task("2", "two"));
  const commit = vi.fn();
  const fail = () => {
    throw new Error("mine");
  };
  await expect(tasks.update("1", fail, commit)).rejects.toThrow("mine");
  tasks.receive({ kind: "put", row: task("2", "zwei", 2) });
  expect([titles(), tasks.pendingOf("1"), commit.mock.calls]).toEqual([["one", "zwei"], [], []]);
});

it("takes back a change that throws upon what another has made of the row, with its reason", async () => {
  const { tasks } = await board({ ...task("1", "one"), tags: ["a"] } as Tagged);
  const { commit, resolve } = pendingCommit();
  const shouted = tasks.update("1", shout, commit);
  const renamed = tasks.update("1", rename("mine"), pendingCommit().commit);
  void renamed;
  expect(tasks.get("1")).toMatchObject({ title: "mine", tags: ["a!"] });
  tasks.receive({ kind: "put", row: task("1", "without tags", 2) });
  await expect(shouted).rejects.toThrow(TypeError);
  expect(tasks.get("1")).toMatchObject({ title: "mine", version: 2 });
  expect(tasks.pendingOf("1").length).toBe(1);
  resolve(undefined); // too late
  tasks.receive({ kind: "put", row: task("2", "two") });
  expect(tasks.rows.map(({ id }) => id)).toEqual(["1", "2"]);
});

it("does not send a change that dropped out while it waited for the one before it", async () => {
  const { tasks } = await board({ ...task("1", "one"), tags: ["a"] } as Tagged);
  const [first, second] = [pendingCommit(), pendingCommit()];
  const renamed = tasks.update("1", rename("mine"), first.commit);
  const shouted = tasks.update("1", shout, second.commit);
  tasks.receive({ kind: "put", row: task("1", "without tags", 2) });
  await expect(shouted).rejects.toThrow(TypeError);
  first.resolve(task("1", "mine", 3));
  await renamed;
  await tasks.update("1", rename("last"), async () => task("1", "last", 4));
  expect(second.mutations).toEqual([]);
});

it("does the same for one value", async () => {
  const tags = new OptimisticValue<readonly string[] | undefined>(["a"]);
  const reply = deferred<undefined>();
  const apply = (value: readonly string[] | undefined) => (value as readonly string[]).map((tag) => `${tag}!`);
  const shouted = tags.mutate({ apply, commit: () => reply.promise });
  tags.receive(undefined);
  await expect(shouted).rejects.toThrow(TypeError);
  expect([tags.value, tags.pending]).toEqual([undefined, 0]);
  const commit = vi.fn();
  await expect(tags.mutate({ apply, commit })).rejects.toThrow(TypeError);
  expect([tags.pending, commit.mock.calls.length]).toEqual([0, 0]);
});
