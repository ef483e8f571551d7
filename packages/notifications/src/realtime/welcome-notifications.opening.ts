import type { RealtimeOpening } from "@repo/core-realtime";
import type { userNotificationsChannel } from "./user-notifications.channel";

/** Sample data for development: what a newcomer finds in the inbox. */
export const welcomeNotifications: RealtimeOpening<typeof userNotificationsChannel> = ({ user }) => [
  {
    id: `welcome-${user.userId}`,
    from: "Fourgate",
    text: "This inbox is yours alone. Sign in as another user in a second window and send yourself something.",
  },
];
