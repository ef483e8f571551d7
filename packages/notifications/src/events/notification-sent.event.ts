import { defineEvent } from "@repo/core-events";
import { z } from "zod";

/** One user sent another a notification. The subscribers decide who receives it, and over what. */
export const notificationSent = defineEvent({
  name: "notification.sent",
  payload: z.strictObject({ id: z.string(), from: z.string(), to: z.string(), text: z.string() }),
});
