import type { IEventBus } from "@repo/core-events";
import { notificationSent } from "../events/notification-sent.event";
import type { NotificationDraft } from "../notification-draft";

export interface SendNotificationDeps {
  readonly bus: IEventBus;
  /** Is there such a user? */
  readonly isUser: (userId: string) => boolean;
  readonly newId: () => string;
}

/** How it went; `why` is a sentence for the sender. */
export type SendOutcome = { readonly sent: true; readonly id: string } | { readonly sent: false; readonly why: string };

/** One user sends another a notification: publishes it on the bus, and has no dependency on channels. */
export const sendNotification =
  ({ bus, isUser, newId }: SendNotificationDeps) =>
  async ({ to, text }: NotificationDraft, from: string): Promise<SendOutcome> => {
    if (!isUser(to)) return { sent: false, why: `There is no user called "${to}" here.` };
    const id = newId();
    await bus.publish(notificationSent, { id, from, to, text });
    return { sent: true, id };
  };
