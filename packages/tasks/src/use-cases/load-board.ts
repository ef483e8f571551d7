import type { IRealtimeHistory, RealtimePosition } from "@repo/core-realtime";
import { taskHistory, taskListChannel } from "../realtime/task-entity.channel.js";
import type { ITaskRepository } from "../repository/task-repository.js";
import type { Task } from "../task.js";

export interface LoadBoardDeps {
  readonly tasks: Pick<ITaskRepository, "list">;
  /** Where the server's node keeps what was published. */
  readonly history: Pick<IRealtimeHistory, "read">;
}

/** The board for a page that is rendered on the server. */
export interface LoadedBoard {
  readonly tasks: readonly Task[];
  /** A browser subscribes to `taskListChannel` since here; undefined where no history is kept. */
  readonly position: RealtimePosition | undefined;
}

/** The cards, and the position of their channel. The position is read first: what is published meanwhile is received twice, never missed. */
export const loadBoard =
  ({ tasks, history }: LoadBoardDeps) =>
  async (): Promise<LoadedBoard> => {
    const { position } = await history.read(taskListChannel.name, { kind: "position" }, taskHistory);
    return { tasks: await tasks.list(), position };
  };
