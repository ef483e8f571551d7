import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

/** For staff: that a notification was sent, its sender and its receiver; never its text. */
export const staffNotificationsChannel = defineRealtimeChannel({
  name: "notifications.staff",
  scope: { role: "staff" },
  payload: z.strictObject({ id: z.string(), from: z.string(), to: z.string() }),
});
