import { expect, it } from "vitest";
import type { Task, TaskColumn } from "../task.js";
import { byRank, cardsOf } from "./columns.js";
import { cardAfterKey, placeAfterKey, placeOf, rankAt, type MoveKey, type Place } from "./placement.js";

function card(id: string, column: TaskColumn, rank: string): Task {
  return { id, column, rank, title: id, isStaff: false, createdBy: "mia", version: 1, updatedAt: 0 };
}

const [a, b, c, d] = [card("a", "todo", "1"), card("b", "todo", "2"), card("c", "todo", "3"), card("d", "done", "1")];
const tasks = [a, b, c, d];

/** The columns after a card has gone to a place, by the rank alone. */
function after(id: string, place: Place): string {
  const rank = rankAt(tasks, id, place);
  const moved = tasks
    .map((task) => (task.id === id && rank ? { ...task, column: place.column, rank } : task))
    .sort(byRank);
  return (["todo", "doing", "done"] as const)
    .map((column) =>
      cardsOf(moved, column)
        .map((task) => task.id)
        .join(""),
    )
    .join("|");
}

it.each([
  [a, "ArrowDown", "bac||d"],
  [c, "ArrowUp", "acb||d"],
  [a, "ArrowRight", "bc|a|d"],
  [d, "ArrowLeft", "abc|d|"],
] as const)("brings %o by %s", (task, key, columns) => {
  const place = placeAfterKey(tasks, task, key);
  expect(place && after(task.id, place)).toBe(columns);
});

it.each([
  [a, "ArrowUp"],
  [a, "ArrowLeft"],
  [c, "ArrowDown"],
  [d, "ArrowRight"],
] as const satisfies readonly (readonly [Task, MoveKey])[])("leaves %o at the edge of the board by %s", (task, key) => {
  expect(placeAfterKey(tasks, task, key)).toBeUndefined();
});

it.each([
  [a, "ArrowDown", b],
  [c, "ArrowUp", b],
  [c, "ArrowRight", d], // past an empty column, to the last card of a shorter one
  [d, "ArrowLeft", a],
  [c, "ArrowDown", undefined],
  [a, "ArrowLeft", undefined],
] as const)("goes from %o by %s to %o", (task, key, next) => {
  expect(cardAfterKey(tasks, task, key)).toBe(next);
});

it("goes below the last card of a shorter column", () => {
  expect(placeAfterKey([a, b, c, card("e", "doing", "1")], c, "ArrowRight")).toEqual({ column: "doing", index: 1 });
});

it("asks for nothing where the card stands already", () => {
  for (const task of tasks) expect(rankAt(tasks, task.id, placeOf(tasks, task))).toBeUndefined();
});

it("finds every place of every column", () => {
  for (let index = 0; index <= 3; index += 1)
    expect(after("d", { column: "todo", index })).toBe(`${"abc".slice(0, index)}d${"abc".slice(index)}||`);
});

it("shows all the same order where two cards share a rank", () => {
  const twins = [card("y", "todo", "1"), card("x", "todo", "1")];
  expect(twins.sort(byRank).map(({ id }) => id)).toEqual(["x", "y"]);
});
