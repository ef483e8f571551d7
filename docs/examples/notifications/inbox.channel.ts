// inbox.channel.ts
import { defineRealtimeChannel } from "fourgate";
import { z } from "zod";

const notification = z.object({ id: z.string(), text: z.string(), isRead: z.boolean() });

/** The notifications of one person; nobody else may subscribe. */
export const inboxChannel = defineRealtimeChannel({
  name: "inbox.{userId}",
  scope: { userScoped: "userId" }, // the placeholder must equal the id of the user
  payload: { arrived: notification, read: z.object({ id: z.string() }) },
  inbound: { read: z.object({ id: z.string() }) },
  opening: z.array(notification),
  history: { size: 100, ttlMs: 3_600_000 },
});
