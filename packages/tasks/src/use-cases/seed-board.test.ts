import { expect, it } from "vitest";
import { boardUnderTest, card } from "../testing/board-under-test.js";
import { seedBoard } from "./seed-board.js";

it("puts sample cards on an empty board: in each column, of staff too, in order, and publishes them", async () => {
  const board = boardUnderTest();
  await expect(seedBoard(board)("sam")).resolves.toBe(8);
  const tasks = await board.repository.list();
  expect(new Set(tasks.map(({ column }) => column))).toEqual(new Set(["todo", "doing", "done"]));
  expect(tasks.filter(({ isStaff }) => isStaff)).toHaveLength(2);
  expect(new Set(tasks.map(({ rank }) => rank)).size).toBe(8);
  expect(board.published()).toHaveLength(8);
});

it("leaves a board alone that has a card", async () => {
  const board = boardUnderTest();
  await board.repository.create(card("a"));
  await expect(seedBoard(board)("sam")).resolves.toBe(0);
  expect(board.published()).toEqual([]);
});
