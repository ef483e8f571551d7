import { z } from "zod";
import { taskId, taskRecord } from "./task.js";

/** What a change of the board is answered: the card as it is now; of a deleted one, what is left to say. */
export const taskReply = z.union([taskRecord, z.strictObject({ id: taskId, version: z.int().positive() })]);
export type TaskReply = Readonly<z.infer<typeof taskReply>>;
