import { boardCursorsChannel } from "./realtime/board-cursors.channel.js";
import { boardDragsChannel } from "./realtime/board-drags.channel.js";
import { boardPresence } from "./realtime/board-presence.channel.js";
import { taskChannel, taskListChannel } from "./realtime/task-entity.channel.js";

export type { BindContext } from "./di/bind-context.js";
export { bindDevSeedTasks } from "./di/bind-dev-seed.js";
export { bindProductionTasks } from "./di/bind-production.js";
export { rankBetween } from "./rank-between.js";
export { boardCursorsChannel } from "./realtime/board-cursors.channel.js";
export { boardDragsChannel } from "./realtime/board-drags.channel.js";
export { boardPresence } from "./realtime/board-presence.channel.js";
export { taskChannel, taskEntity, taskListChannel } from "./realtime/task-entity.channel.js";
export { InMemoryTaskRepository } from "./repository/in-memory-task-repository.js";
export type {
  IMutationLog,
  ITaskRepository,
  MutationKey,
  TaskChanges,
  TaskDraft,
  TaskRows,
  TaskTransaction,
} from "./repository/task-repository.js";
export { taskRefusalOf, type TaskRefusal, type TaskRefusalCode } from "./task-refusal.js";
export type { TaskReply } from "./task-reply.js";
export { TASK_COLUMNS, type Task, type TaskColumn } from "./task.js";
export { loadBoard, type LoadBoardDeps, type LoadedBoard } from "./use-cases/load-board.js";
// <gen:realtime-channels>

/** Every channel of this feature. */
export const tasksChannels = [
  taskListChannel,
  taskChannel,
  boardCursorsChannel,
  boardDragsChannel,
  boardPresence,
] as const;
