// inbox.ts
import type { IRealtimeBroadcaster, IRealtimeHandlerRegistry } from "fourgate";
import { inboxChannel } from "./inbox.channel.js";

interface Notification {
  readonly id: string;
  readonly text: string;
  readonly isRead: boolean;
}

/** Your table of notifications. */
export interface Notifications {
  add(userId: string, notification: Notification): Promise<void>;
  newest(userId: string, count: number): Promise<Notification[]>;
  markRead(userId: string, id: string): Promise<void>;
}

/** Store first, then publish: who is offline reads it from the table with the next opening. */
export async function notify(
  { notifications, realtime }: { notifications: Notifications; realtime: IRealtimeBroadcaster },
  userId: string,
  { id, text }: { id: string; text: string },
) {
  await notifications.add(userId, { id, text, isRead: false });
  await realtime.broadcast(inboxChannel.at({ userId }), "arrived", { id, text, isRead: false });
}

/** Reading on one device marks it as read on all. */
export function bindInbox(registry: IRealtimeHandlerRegistry, notifications: Notifications) {
  return registry.register(inboxChannel, {
    opening: ({ params }) => notifications.newest(params.userId, 50),
    async handler({ payload, user, broadcast }) {
      await notifications.markRead(user.userId, payload.id);
      await broadcast("read", payload);
    },
  });
}
