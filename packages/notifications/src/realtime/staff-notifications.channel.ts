import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

/** For staff: that a notification was sent, and between whom; never what it said. */
export const staffNotificationsChannel = defineRealtimeChannel({
  name: "notifications.staff",
  scope: { role: "staff" },
  payload: z.strictObject({ id: z.string(), from: z.string(), to: z.string() }),
});
