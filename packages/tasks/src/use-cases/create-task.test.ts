import { beforeEach, expect, it } from "vitest";
import { boardUnderTest, card, mia, sam } from "../testing/board-under-test.js";
import { createTask, MAX_TASKS } from "./create-task.js";

let board: ReturnType<typeof boardUnderTest>;
let create: ReturnType<typeof createTask>;
const wish = { id: "a", title: "paint", column: "todo", rank: "V", mutationId: "m-1" } as const;
const refusal = (reason: string) => ({ code: "REFUSED", reason });

beforeEach(() => {
  board = boardUnderTest();
  create = createTask(board);
});

it("adds a card in the name of the requester, and publishes it with their mutation id", async () => {
  const task = { ...wish, isStaff: false, createdBy: "mia", version: 1, updatedAt: 1_000, mutationId: undefined };
  const { mutationId: _, ...record } = task;
  await expect(create(wish, mia)).resolves.toEqual(record);
  expect(await board.repository.list()).toEqual([record]);
  expect(board.published()).toEqual([{ kind: "created", id: "a", record, version: 1, mutationId: "m-1", by: "mia" }]);
});

it("gives an id where the client gave none", async () => {
  const { id: _, ...nameless } = wish;
  await expect(create(nameless, mia)).resolves.toMatchObject({ id: "new-1" });
});

it("adds it once, however often it is asked for under one mutation id", async () => {
  const first = await create(wish, mia);
  await expect(create({ ...wish, title: "other words" }, mia)).resolves.toEqual(first);
  expect(board.published()).toHaveLength(1);
});

it("adds two where two people happen to use one mutation id", async () => {
  await create(wish, mia);
  await expect(create({ ...wish, id: "b" }, sam)).resolves.toMatchObject({ id: "b", createdBy: "sam" });
});

it("lets staff alone add a staff card", async () => {
  await expect(create({ ...wish, isStaff: true }, mia)).rejects.toMatchObject({
    code: "REFUSED",
    reason: "STAFF_CARD",
    data: { tried: "add" },
  });
  await expect(create({ ...wish, isStaff: true }, sam)).resolves.toMatchObject({ isStaff: true });
});

it("refuses an id that is on the board", async () => {
  await create(wish, mia);
  await expect(create({ ...wish, mutationId: "m-2" }, mia)).rejects.toMatchObject(refusal("CARD_EXISTS"));
});

it("takes three hundred cards, and refuses the next", async () => {
  for (let count = 1; count < MAX_TASKS; count += 1) await board.repository.create(card(`${count}`));
  await expect(create(wish, mia)).resolves.toMatchObject({ id: "a" });
  await expect(create({ ...wish, id: "b", mutationId: "m-2" }, mia)).rejects.toMatchObject(refusal("BOARD_FULL"));
  expect(await board.repository.list()).toHaveLength(300);
});

it("parts two cards that are dropped at one place, whoever comes first", async () => {
  await board.repository.create(card("below", { rank: "W" }));
  const both = ["a", "b"].map((id) => create({ ...wish, id, mutationId: id }, mia));
  const ranks = (await Promise.all(both)).map((task) => ("rank" in task ? task.rank : ""));
  expect(ranks[0]).toBe("V");
  expect("V" < (ranks[1] ?? "") && (ranks[1] ?? "") < "W").toBe(true);
});
