import type { TaskColumn } from "../task.js";
import type { TaskReply } from "../task-reply.js";
import { changeBoard, known, type Change, type ChangeBoardDeps } from "./change-board.js";
import { makeWay, settleRank } from "./settle-rank.js";
import { checkStaff, type TaskAuthor } from "./task-author.js";

export interface MoveTask extends Change {
  readonly id: string;
  readonly column: TaskColumn;
  readonly rank: string;
}

/** Puts a card somewhere else: one row changes, unless the cards there stand too close. */
export const moveTask =
  (deps: ChangeBoardDeps) =>
  (wish: MoveTask, by: TaskAuthor): Promise<TaskReply> =>
    changeBoard(deps, { change: wish, by }, async (tx, options) => {
      checkStaff(known(await tx.find(wish.id)), by, "move");
      const settled = settleRank(wish, await tx.list());
      await makeWay(tx, settled, by.userId);
      return known(await tx.update(wish.id, { column: wish.column, rank: settled.rank }, options));
    });
