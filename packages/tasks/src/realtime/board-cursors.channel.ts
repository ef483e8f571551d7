import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";
import { taskId } from "../task.js";

const place = {
  /** From the left and from the top of the board: 0 to 1, whatever its size on a screen. */
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
  /** The card under it. */
  over: taskId.optional(),
};

/** Where everybody points. A slow reader gets the latest of each, not every step of the way. */
export const boardCursorsChannel = defineRealtimeChannel({
  name: "tasks.cursors",
  scope: "authenticated",
  payload: z.strictObject({ ...place, connectionId: z.string(), userId: z.string() }),
  inbound: z.strictObject(place),
  overflow: { conflate: ({ connectionId }) => connectionId },
});
