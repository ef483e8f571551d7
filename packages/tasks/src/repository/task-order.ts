import { TASK_COLUMNS, type Task } from "../task.js";

/** The order of the board. Plain string comparison: a locale's would put "a" before "B". */
export function byPlace(one: Task, other: Task): number {
  const columns = TASK_COLUMNS.indexOf(one.column) - TASK_COLUMNS.indexOf(other.column);
  return columns || compare(one.rank, other.rank) || compare(one.id, other.id);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
