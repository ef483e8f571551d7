import { traced } from "@repo/core-observability";
import { bindEntityEvents } from "@repo/realtime-entities";
import { boardCursorsChannel } from "../realtime/board-cursors.channel.js";
import { boardDragsChannel } from "../realtime/board-drags.channel.js";
import { onBoardCursors } from "../realtime/handlers/on-board-cursors.handler.js";
import { onBoardDrags } from "../realtime/handlers/on-board-drags.handler.js";
import { onTaskList } from "../realtime/handlers/on-task-list.handler.js";
import { taskChannel, taskEntity, taskListChannel } from "../realtime/task-entity.channel.js";
import { createTask } from "../use-cases/create-task.js";
import { moveTask } from "../use-cases/move-task.js";
import { removeTask } from "../use-cases/remove-task.js";
import { renameTask } from "../use-cases/rename-task.js";
import type { BindContext } from "./bind-context.js";
import { bindInTurn } from "./bind-in-turn.js";
import { refusalsAside } from "./refusals-aside.js";
import { tasksHandlers } from "./symbols.js";
import { publishedTasks } from "./published-tasks.js";

/** Registers the channels of the board and their handlers, and publishes its changes to them, all or nothing; returns the undo. */
export function bindBoard(context: BindContext): () => void {
  const { registry, realtime, bus, logger } = context;
  const deps = { tasks: publishedTasks(context), newId: () => crypto.randomUUID() };
  const commands = onTaskList({
    create: createTask(deps),
    rename: renameTask(deps),
    move: moveTask(deps),
    remove: removeTask(deps),
  });
  return bindInTurn([
    () =>
      bindEntityEvents(bus, realtime, {
        channels: taskEntity,
        onError: ({ channel, cause }) => logger.error({ err: cause, channel }, "task event not carried"),
      }),
    () => registry.registerChannel(taskChannel),
    () =>
      registry.register(
        taskListChannel,
        refusalsAside(commands, (work) => traced(context, tasksHandlers.onTaskList, work)),
      ),
    () =>
      registry.register(boardCursorsChannel, traced(context, tasksHandlers.onBoardCursors, onBoardCursors(context))),
    () => registry.register(boardDragsChannel, traced(context, tasksHandlers.onBoardDrags, onBoardDrags(context))),
  ]);
}
