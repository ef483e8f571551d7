import type { TaskReply } from "../task-reply.js";
import { changeBoard, known, type Change, type ChangeBoardDeps } from "./change-board.js";
import { checkStaff, type TaskAuthor } from "./task-author.js";

export interface RemoveTask extends Change {
  readonly id: string;
}

/** Takes a card off the board. */
export const removeTask =
  (deps: ChangeBoardDeps) =>
  (wish: RemoveTask, by: TaskAuthor): Promise<TaskReply> =>
    changeBoard(deps, { change: wish, by }, async (tx, options) => {
      checkStaff(known(await tx.find(wish.id)), by, "delete");
      const { id, version } = known(await tx.delete(wish.id, options));
      return { id, version: version + 1 }; // the deletion's own version, as its event has it
    });
