import { definePresenceChannel } from "@repo/realtime-presence";
import { z } from "zod";
import { taskId } from "../task.js";
import { taskListChannel } from "./task-entity.channel.js";

/** Who is on the board, and what they look at. The server sets the user, so that nobody appears as another. */
export const boardPresence = definePresenceChannel(taskListChannel, {
  meta: z.strictObject({ looksAt: taskId.optional() }),
});
