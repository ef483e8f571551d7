import { z } from "zod";

/** What somebody wants to send, as it comes over the border. */
export const notificationDraft = z.strictObject({
  to: z.string().min(1, "Say whom it is for.").max(256, "Say whom it is for."),
  text: z.string().trim().min(1, "Write something first.").max(280, "Keep it to 280 characters."),
});
export type NotificationDraft = z.infer<typeof notificationDraft>;
