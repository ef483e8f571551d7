import { rankBetween } from "../rank-between.js";
import type { Task, TaskColumn } from "../task.js";
import { cardsOf, COLUMNS } from "./columns.js";

/** A place on the board: `index` counts from the top, among the other cards of the column. */
export interface Place {
  readonly column: TaskColumn;
  readonly index: number;
}

/** The keys that move a card. */
export type MoveKey = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";

/** Where a card stands. */
export function placeOf(tasks: readonly Task[], { id, column }: Task): Place {
  return { column, index: cardsOf(tasks, column).findIndex((task) => task.id === id) };
}

/** Where an arrow key takes a card; undefined at the edge of the board. */
export function placeAfterKey(tasks: readonly Task[], task: Task, key: MoveKey): Place | undefined {
  const { column, index } = placeOf(tasks, task);
  switch (key) {
    case "ArrowUp":
      return index > 0 ? { column, index: index - 1 } : undefined;
    case "ArrowDown":
      return index < cardsOf(tasks, column).length - 1 ? { column, index: index + 1 } : undefined;
    case "ArrowLeft":
      return beside(tasks, { column, index }, -1);
    case "ArrowRight":
      return beside(tasks, { column, index }, 1);
  }
}

/** The card that an arrow key goes to: the next one of the column, or the one beside it in the next column that has any. */
export function cardAfterKey(tasks: readonly Task[], task: Task, key: MoveKey): Task | undefined {
  const { column, index } = placeOf(tasks, task);
  if (key === "ArrowUp" || key === "ArrowDown") return cardsOf(tasks, column)[index + (key === "ArrowUp" ? -1 : 1)];
  const at = COLUMNS.indexOf(column);
  const beside = key === "ArrowLeft" ? COLUMNS.slice(0, at).reverse() : COLUMNS.slice(at + 1);
  const cards = beside.map((next) => cardsOf(tasks, next)).find(({ length }) => length > 0);
  return cards?.[Math.min(index, cards.length - 1)];
}

/** The rank that brings a card to a place; undefined where it stands there already. */
export function rankAt(tasks: readonly Task[], id: string, { column, index }: Place): string | undefined {
  const cards = cardsOf(tasks, column);
  if (cards[index]?.id === id) return undefined;
  const others = cards.filter((card) => card.id !== id);
  return rankBetween(others[index - 1]?.rank ?? null, others[index]?.rank ?? null);
}

function beside(tasks: readonly Task[], { column, index }: Place, step: -1 | 1): Place | undefined {
  const next = COLUMNS[COLUMNS.indexOf(column) + step];
  return next && { column: next, index: Math.min(index, cardsOf(tasks, next).length) };
}
