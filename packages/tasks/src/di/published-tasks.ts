import { withEntityEvents, type WithEntityEvents } from "@repo/realtime-entities";
import { taskEntity } from "../realtime/task-entity.channel.js";
import type { ITaskRepository } from "../repository/task-repository.js";
import type { BindContext } from "./bind-context.js";

/** The board whose changes are published on the bus. */
export function publishedTasks({
  tasks,
  bus,
  logger,
}: Pick<BindContext, "tasks" | "bus" | "logger">): WithEntityEvents<ITaskRepository> {
  return withEntityEvents(tasks, bus, {
    channels: taskEntity,
    onError: ({ change: { kind, id }, cause }) =>
      logger.error({ err: cause, kind, id }, "task written, but not published"),
  });
}
