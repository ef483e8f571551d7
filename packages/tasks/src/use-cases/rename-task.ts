import { refuse } from "@repo/core-realtime";
import { taskListChannel } from "../realtime/task-entity.channel.js";
import type { TaskReply } from "../task-reply.js";
import { changeBoard, known, type Change, type ChangeBoardDeps } from "./change-board.js";
import { checkStaff, type TaskAuthor } from "./task-author.js";

export interface RenameTask extends Change {
  readonly id: string;
  readonly title: string;
  /** The title that was changed. */
  readonly from?: string | undefined;
}

/** Gives a card another title; where somebody else has given it one meanwhile, that one stays. */
export const renameTask =
  (deps: ChangeBoardDeps) =>
  (wish: RenameTask, by: TaskAuthor): Promise<TaskReply> =>
    changeBoard(deps, { change: wish, by }, async (tx, options) => {
      const task = known(await tx.find(wish.id));
      checkStaff(task, by, "rename");
      if (![undefined, task.title].includes(wish.from) && task.title !== wish.title)
        refuse(taskListChannel, "CONFLICT", { id: task.id });
      return known(await tx.update(wish.id, { title: wish.title }, options));
    });
