import { definePresenceChannel } from "@repo/realtime-presence";
import { z } from "zod";
import { taskId } from "../task.js";
import { taskListChannel } from "./task-entity.channel.js";

/** Who is on the board, and what they look at. */
export const boardPresence = definePresenceChannel(taskListChannel, {
  meta: z.strictObject({
    name: z.string().trim().min(1).max(60),
    /** Of the avatar's colour, in degrees. */
    hue: z.int().min(0).max(359),
    looksAt: taskId.optional(),
  }),
});
