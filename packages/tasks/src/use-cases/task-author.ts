import type { Task } from "../task.js";
import { refuseTask } from "../refuse-task.js";

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
  if (task.isStaff && !by.roles.includes("staff"))
    throw refuseTask("STAFF_CARD", `Only staff may ${verb} a staff card.`);
}
