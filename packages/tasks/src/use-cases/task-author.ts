import { refuse } from "@repo/core-realtime";
import { taskListChannel } from "../realtime/task-entity.channel.js";
import type { Task } from "../task.js";

/** Who changes the board. */
export interface TaskAuthor {
  readonly userId: string;
  readonly roles: readonly string[];
}

/** A staff card is for staff to touch. */
export function checkStaff(
  task: Pick<Task, "isStaff">,
  by: TaskAuthor,
  verb: "add" | "rename" | "move" | "delete",
): void {
  if (task.isStaff && !by.roles.includes("staff")) refuse(taskListChannel, "STAFF_CARD", { tried: verb });
}
