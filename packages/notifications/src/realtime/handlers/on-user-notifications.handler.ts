import type { IRealtimeBroadcaster, RealtimeHandler } from "@repo/core-realtime";
import { userNotificationsChannel } from "../user-notifications.channel";

interface OnUserNotificationsDeps {
  readonly realtime: IRealtimeBroadcaster;
}

/** One tab has read a notification: sends that to the user's other tabs. */
export const onUserNotifications =
  ({ realtime }: OnUserNotificationsDeps): RealtimeHandler<typeof userNotificationsChannel> =>
  async ({ address, payload: { id }, user }) => {
    await realtime.broadcast(address, "read", { id }, { sender: { type: "user", id: user.userId } });
    return undefined;
  };
