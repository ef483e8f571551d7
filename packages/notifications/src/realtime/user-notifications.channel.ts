import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

const read = z.strictObject({ id: z.string().min(1).max(64) });

/** One user's notifications, for that user alone; `read` keeps all their tabs in step. */
export const userNotificationsChannel = defineRealtimeChannel({
  name: "notifications.user.{userId}",
  scope: { userScoped: "userId" },
  payload: {
    arrived: z.strictObject({ id: z.string(), from: z.string(), text: z.string() }),
    read,
  },
  inbound: { read },
  history: { size: 50, ttlMs: 24 * 60 * 60 * 1_000 }, // a day: what came while the laptop was shut is still there
});
