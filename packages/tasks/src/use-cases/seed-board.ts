import { rankBetween } from "../rank-between.js";
import type { TaskColumn } from "../task.js";
import type { ChangeBoardDeps } from "./change-board.js";

type Sample = readonly [title: string, column: TaskColumn, isStaff?: boolean];

const SAMPLES: readonly Sample[] = [
  ["Write the release notes", "todo"],
  ["Ask three people to break the board", "todo"],
  ["Rotate the signing keys", "todo", true],
  ["Draw the empty state of the inbox", "todo"],
  ["Measure a cold start on a small machine", "doing"],
  ["Freeze the database schema", "doing", true],
  ["Pick a name for the meeting room", "doing"],
  ["Take the old server off the network", "done"],
];

/** Sample cards where there are none, so that there is something to drag. Returns how many. */
export const seedBoard =
  ({ tasks, newId }: ChangeBoardDeps & { readonly newId: () => string }) =>
  (createdBy: string): Promise<number> =>
    tasks.transaction(async (tx) => {
      if ((await tx.list()).length > 0) return 0;
      let rank: string | null = null;
      for (const [title, column, isStaff = false] of SAMPLES) {
        rank = rankBetween(rank, null);
        await tx.create({ id: newId(), title, column, rank, isStaff, createdBy });
      }
      return SAMPLES.length;
    });
