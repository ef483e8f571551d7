import { z } from "zod";
import { taskId, taskRecord } from "./task.js";

/** The reply to a change of the board: the card as it is now; of a deleted one, its id and version. */
export const taskReply = z.union([taskRecord, z.strictObject({ id: taskId, version: z.int().positive() })]);
export type TaskReply = Readonly<z.infer<typeof taskReply>>;
