import { defineEvent } from "@repo/core-events";
import { z } from "zod";

/** Somebody sent somebody a notification. Who is told, and over what, is decided by those who listen. */
export const notificationSent = defineEvent({
  name: "notification.sent",
  payload: z.strictObject({ id: z.string(), from: z.string(), to: z.string(), text: z.string() }),
});
