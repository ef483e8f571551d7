import { RealtimeError } from "@repo/core-realtime";
import { TASK_REASONS, type TaskRefusalCode } from "./task-refusal.js";

/** The refusal, as a handler throws it; a page reads it with `taskRefusalOf`. */
export function refuseTask(code: TaskRefusalCode, reason: string = TASK_REASONS[code]): RealtimeError {
  return new RealtimeError("REFUSED", { detail: `${code}: ${reason}` });
}
