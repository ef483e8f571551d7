import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";
import { taskId } from "../task.js";

/** The card under way, and where it is: from the left and from the top of the board, 0 to 1, whatever its size on a screen. */
const drag = { card: taskId, x: z.number().min(0).max(1), y: z.number().min(0).max(1) };
/** Whose drag it is; set by the server. */
const by = { connectionId: z.string(), userId: z.string() };

/** Cards that are dragged at the moment. A slow reader gets the latest of each hand; nothing is kept. */
export const boardDragsChannel = defineRealtimeChannel({
  name: "tasks.drags",
  scope: "authenticated",
  payload: { moved: z.strictObject({ ...drag, ...by }), ended: z.strictObject(by) },
  inbound: { move: z.strictObject(drag), end: z.strictObject({}) },
  overflow: { conflate: ({ connectionId }) => connectionId },
});
