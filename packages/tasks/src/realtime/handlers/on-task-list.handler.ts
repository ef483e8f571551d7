import type { RealtimeHandler } from "@repo/core-realtime";
import type { createTask } from "../../use-cases/create-task.js";
import type { moveTask } from "../../use-cases/move-task.js";
import type { removeTask } from "../../use-cases/remove-task.js";
import type { renameTask } from "../../use-cases/rename-task.js";
import type { taskListChannel } from "../task-entity.channel.js";

interface OnTaskListDeps {
  readonly create: ReturnType<typeof createTask>;
  readonly rename: ReturnType<typeof renameTask>;
  readonly move: ReturnType<typeof moveTask>;
  readonly remove: ReturnType<typeof removeTask>;
}

/** A change of the board; the reply is the card as it is then. The others receive it by the repository's events. */
export const onTaskList =
  ({ create, rename, move, remove }: OnTaskListDeps): RealtimeHandler<typeof taskListChannel> =>
  ({ event, payload, user }) => {
    switch (event) {
      case "create":
        return create(payload, user);
      case "rename":
        return rename(payload, user);
      case "move":
        return move(payload, user);
      case "remove":
        return remove(payload, user);
    }
  };
