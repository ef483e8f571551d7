import { expect, it } from "vitest";
import { mutationId, taskTitle } from "../task.js";
import type { ITaskRepository, TaskDraft } from "../repository/task-repository.js";

/** A board that keeps five replies of each user, for a minute, and the clock it was given. */
export interface BoardUnderTest {
  readonly tasks: ITaskRepository;
  /** What the clock shows from now on. */
  readonly setTime: (now: number) => void;
}

const draft = (id: string, more: Partial<TaskDraft> = {}): TaskDraft => ({
  id,
  title: `card ${id}`,
  column: "todo",
  rank: "V",
  isStaff: false,
  createdBy: "mia",
  ...more,
});
const WORDS = ["🧑‍🚒 put out", "e\u0301, not é", "\ufffd", "אבג", "a\u00a0b", "𐀀".repeat(60)];
const key = (mutationId: string, userId = "mia") => ({ userId, mutationId });

/** Holds an `ITaskRepository` to its word; `make` gives an empty board each time. */
export function taskRepositoryContract(name: string, make: () => Promise<BoardUnderTest>): void {
  it(`${name}: keeps a card as it was made, with a version and the time`, async () => {
    const { tasks, setTime } = await make();
    setTime(1_780_000_000_123);
    const made = await tasks.create(draft("a", { isStaff: true, title: `it's "it" — ✓` }));
    expect(made).toEqual({
      ...draft("a", { isStaff: true, title: `it's "it" — ✓` }),
      version: expect.any(Number),
      updatedAt: 1_780_000_000_123,
    });
    expect(await tasks.find("a")).toEqual(made);
    expect(await tasks.list()).toEqual([made]);
    expect(await tasks.find("b")).toBeUndefined();
  });

  it.each(WORDS)(`${name}: keeps what the border lets through as it was written: %j`, async (words) => {
    const { tasks } = await make();
    await tasks.create(draft("a", { title: taskTitle.parse(words) }));
    expect(await tasks.find("a")).toMatchObject({ title: words });
    expect(mutationId.safeParse(words).success).toBe(false); // of which Postgres may make another's
  });

  it(`${name}: changes what is named, and nothing else`, async () => {
    const { tasks, setTime } = await make();
    setTime(1);
    const made = await tasks.create(draft("a"));
    setTime(2);
    const renamed = await tasks.update("a", { title: "better" });
    expect(renamed).toEqual({ ...made, title: "better", version: expect.any(Number), updatedAt: 2 });
    const moved = await tasks.update("a", { column: "done", rank: "W" });
    expect(moved).toMatchObject({ title: "better", column: "done", rank: "W" });
    expect(await tasks.update("b", { title: "x" })).toBeUndefined();
  });

  it(`${name}: hands back what it deletes`, async () => {
    const { tasks } = await make();
    const made = await tasks.create(draft("a"));
    expect(await tasks.delete("a")).toEqual(made);
    expect(await tasks.delete("a")).toBeUndefined();
    expect(await tasks.list()).toEqual([]);
  });

  it(`${name}: gives each write a version above all before it, to a card that comes back under its old id too`, async () => {
    const { tasks } = await make();
    const versions = [
      (await tasks.create(draft("a"))).version,
      (await tasks.create(draft("b"))).version,
      (await tasks.update("a", { title: "x" }))?.version,
      (await tasks.delete("b"))?.version,
      (await tasks.create(draft("b"))).version,
    ].map((version) => version ?? 0);
    expect(versions[3]).toBe(versions[1]); // as it was
    const [first = 0, second = 0, third = 0, , last = 0] = versions;
    expect(first < second && second < third && third < last).toBe(true);
    expect(last).toBeGreaterThan((versions[1] ?? 0) + 1); // above the version of its deletion
  });

  it(`${name}: gives a card that comes back a version above that of its deletion, with no other write between`, async () => {
    const { tasks } = await make();
    await tasks.create(draft("a"));
    const removed = await tasks.delete("a");
    expect((await tasks.create(draft("a"))).version).toBeGreaterThan((removed?.version ?? 0) + 1);
  });

  it(`${name}: refuses a second card under the same id`, async () => {
    const { tasks } = await make();
    await tasks.create(draft("a"));
    await expect(tasks.create(draft("a"))).rejects.toThrow();
    expect(await tasks.list()).toHaveLength(1);
  });

  it(`${name}: lists by column, then by rank as strings compare, then by id`, async () => {
    const { tasks } = await make();
    await tasks.create(draft("done", { column: "done", rank: "1" }));
    await tasks.create(draft("doing", { column: "doing", rank: "1" }));
    for (const rank of ["a", "B", "A", "Ab", "1"]) await tasks.create(draft(`todo-${rank}`, { rank }));
    await tasks.create(draft("Z", { rank: "1" }));
    await tasks.create(draft("_", { rank: "1" }));
    const expected = ["Z", "_", "todo-1", "todo-A", "todo-Ab", "todo-B", "todo-a", "doing", "done"];
    expect((await tasks.list()).map(({ id }) => id)).toEqual(expected);
  });

  it(`${name}: keeps all that a transaction wrote, the replies too`, async () => {
    const { tasks } = await make();
    const made = await tasks.transaction(async (tx) => {
      const task = await tx.create(draft("a"));
      expect(await tx.list()).toEqual([task]);
      await tx.mutations.remember(key("m"), task);
      return task;
    });
    expect(await tasks.list()).toEqual([made]);
    expect(await tasks.transaction((tx) => tx.mutations.recall(key("m")))).toEqual(made);
  });

  it(`${name}: keeps nothing of a transaction that throws, and goes on`, async () => {
    const { tasks } = await make();
    await tasks.create(draft("a"));
    const failed = tasks.transaction(async (tx) => {
      await tx.create(draft("b"));
      await tx.delete("a");
      await tx.mutations.remember(key("m"), { id: "a", version: 2 });
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect((await tasks.list()).map(({ id }) => id)).toEqual(["a"]);
    expect(await tasks.transaction((tx) => tx.mutations.recall(key("m")))).toBeUndefined();
  });

  it(`${name}: runs one transaction at a time, and nothing is lost of either`, async () => {
    const { tasks } = await make();
    const add = (id: string) =>
      tasks.transaction(async (tx) => {
        const before = (await tx.list()).length;
        await tx.create(draft(id));
        return before;
      });
    const befores = await Promise.all([add("a"), add("b"), tasks.create(draft("c")).then(() => -1), add("d")]);
    expect(befores).toEqual([0, 1, -1, 3]);
    expect(await tasks.list()).toHaveLength(4);
  });

  it(`${name}: distinguishes the replies of users, whatever their ids`, async () => {
    const { tasks } = await make();
    await tasks.transaction((tx) => tx.mutations.remember(key("m", "mia"), { id: "a", version: 1 }));
    await tasks.transaction((tx) => tx.mutations.remember(key("m", "sam"), { id: "b", version: 2 }));
    const recall = (mutationId: string, userId: string) =>
      tasks.transaction((tx) => tx.mutations.recall(key(mutationId, userId)));
    expect(await recall("m", "mia")).toEqual({ id: "a", version: 1 });
    expect(await recall("m", "sam")).toEqual({ id: "b", version: 2 });
    expect(await recall("m", "ada")).toBeUndefined();
    expect(await recall("iam", "m")).toBeUndefined(); // the same letters, otherwise parted
    expect(await recall("mm", "ia")).toBeUndefined();
  });

  const reply = { id: "a", version: 1 };

  it(`${name}: forgets the oldest reply, and keeps as many as its options set`, async () => {
    const { tasks } = await make();
    await tasks.transaction(async ({ mutations }) => {
      const words = ["0", "1", "2", "3", "4", "5", "6"];
      for (const word of words) await mutations.remember(key(word), reply);
      const recalled = await Promise.all(words.map((word) => mutations.recall(key(word))));
      expect(recalled).toEqual([undefined, undefined, ...Array(5).fill(reply)]);
    });
  });

  it(`${name}: keeps a user's replies, however many changes another user makes`, async () => {
    const { tasks } = await make();
    await tasks.transaction(async ({ mutations }) => {
      await mutations.remember(key("m", "mia"), reply);
      for (let word = 0; word < 50; word += 1) await mutations.remember(key(`${word}`, "sam"), reply);
      expect(await mutations.recall(key("m", "mia"))).toEqual(reply);
      expect(await mutations.recall(key("44", "sam"))).toBeUndefined();
      expect(await mutations.recall(key("45", "sam"))).toEqual(reply);
    });
  });

  it(`${name}: forgets anybody's replies when they are older than its options set`, async () => {
    const { tasks, setTime } = await make();
    await tasks.transaction(async ({ mutations }) => {
      setTime(1_000);
      await mutations.remember(key("old"), reply);
      setTime(61_000);
      await mutations.remember(key("m", "sam"), reply);
      expect(await mutations.recall(key("old"))).toEqual(reply);
      setTime(61_001);
      await mutations.remember(key("n", "sam"), reply);
      expect(await mutations.recall(key("old"))).toBeUndefined();
      expect(await mutations.recall(key("m", "sam"))).toEqual(reply);
    });
  });
}
