import { refuse } from "@repo/core-realtime";
import { taskListChannel } from "../realtime/task-entity.channel.js";
import type { Task, TaskColumn } from "../task.js";
import type { TaskReply } from "../task-reply.js";
import { changeBoard, type ChangeBoardDeps } from "./change-board.js";
import { makeWay, settleRank } from "./settle-rank.js";
import { checkStaff, type TaskAuthor } from "./task-author.js";

/** More cards than anybody reads. */
export const MAX_TASKS = 300;

export interface CreateTaskDeps extends ChangeBoardDeps {
  readonly newId: () => string;
}

export interface CreateTask {
  readonly id?: string | undefined;
  readonly title: string;
  readonly column: TaskColumn;
  readonly rank: string;
  readonly isStaff?: boolean | undefined;
  readonly mutationId: string;
}

/** Adds a card; a staff card only for staff. */
export const createTask =
  (deps: CreateTaskDeps) =>
  (wish: CreateTask, by: TaskAuthor): Promise<TaskReply> =>
    changeBoard(deps, { change: wish, by }, async (tx, options) => {
      const { id = deps.newId(), title, column, isStaff = false } = wish;
      checkStaff({ isStaff }, by, "add");
      const tasks = await tx.list();
      if (tasks.some((task: Task) => task.id === id)) refuse(taskListChannel, "CARD_EXISTS", { id });
      if (tasks.length >= MAX_TASKS) refuse(taskListChannel, "BOARD_FULL", { max: MAX_TASKS });
      const settled = settleRank({ id, column, rank: wish.rank }, tasks);
      await makeWay(tx, settled, by.userId);
      return tx.create({ id, title, column, rank: settled.rank, isStaff, createdBy: by.userId }, options);
    });
