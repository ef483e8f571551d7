import { rankBetween } from "../rank-between.js";
import { refuseTask } from "../refuse-task.js";
import { taskRank, type Task, type TaskColumn } from "../task.js";

/** Where a card is to stand. */
export interface Place {
  readonly id: string;
  readonly column: TaskColumn;
  readonly rank: string;
}

/** The rank as asked for, or, where another card has it (two people dropped theirs there at once), the next free one below. */
export function settleRank({ id, column, rank }: Place, tasks: readonly Task[]): string {
  const taken = tasks.filter((task) => task.column === column && task.id !== id).map((task) => task.rank);
  if (!taken.includes(rank)) return rank;
  const below = taken.filter((other) => other > rank).sort()[0] ?? null;
  const settled = rankBetween(rank, below);
  if (!taskRank.safeParse(settled).success) throw refuseTask("NO_ROOM");
  return settled;
}
