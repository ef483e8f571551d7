import { boardCursorsChannel } from "./realtime/board-cursors.channel.js";
import { boardPresence } from "./realtime/board-presence.channel.js";
import { taskChannel, taskListChannel } from "./realtime/task-entity.channel.js";

export { rankBetween } from "./rank-between.js";
export { boardCursorsChannel } from "./realtime/board-cursors.channel.js";
export { boardPresence } from "./realtime/board-presence.channel.js";
export { taskChannel, taskEntity, taskListChannel } from "./realtime/task-entity.channel.js";
export { TASK_COLUMNS, type Task, type TaskColumn } from "./task.js";

/** Every channel of this feature. */
export const taskChannels = [taskListChannel, taskChannel, boardCursorsChannel, boardPresence] as const;
