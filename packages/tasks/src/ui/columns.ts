import type { Task, TaskColumn } from "../task.js";

/** The columns as they are headed, from left to right. */
export const COLUMN_TITLES: Readonly<Record<TaskColumn, string>> = { todo: "To do", doing: "Doing", done: "Done" };

/** From left to right. */
export const COLUMNS = Object.keys(COLUMN_TITLES) as readonly TaskColumn[]; // the table above has them all

/** The order on the board: by rank, and where two share one, by id, so that all see the same. */
export function byRank(a: Task, b: Task): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** The cards of a column, from the top. Rows come in order. */
export function cardsOf(tasks: readonly Task[], column: TaskColumn): readonly Task[] {
  return tasks.filter((task) => task.column === column);
}
