import { z } from "zod";

/** What somebody wants to send, as it comes over the border. */
export const notificationDraft = z.strictObject({
  to: z.string().min(1, "Enter the receiver.").max(256, "Enter the receiver."),
  text: z.string().trim().min(1, "Write something first.").max(280, "Keep it to 280 characters."),
});
export type NotificationDraft = z.infer<typeof notificationDraft>;
