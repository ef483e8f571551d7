import type { TaskReply } from "../task-reply.js";
import { changeBoard, known, type Change, type ChangeBoardDeps } from "./change-board.js";
import { checkStaff, type TaskAuthor } from "./task-author.js";

export interface RenameTask extends Change {
  readonly id: string;
  readonly title: string;
}

/** Gives a card another title. */
export const renameTask =
  (deps: ChangeBoardDeps) =>
  (wish: RenameTask, by: TaskAuthor): Promise<TaskReply> =>
    changeBoard(deps, { change: wish, by }, async (tx, options) => {
      checkStaff(known(await tx.find(wish.id)), by, "rename");
      return known(await tx.update(wish.id, { title: wish.title }, options));
    });
