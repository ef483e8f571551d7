import { notificationSent, staffNotificationsChannel, userNotificationsChannel } from "@repo/notifications";
import { bridgeEntry } from "@repo/realtime-bridge";

/** Which events reach which channels, and what of them. Nothing that is not listed here crosses from the bus to a browser. */
export const bridgeAllowlist = [
  bridgeEntry(notificationSent, userNotificationsChannel, {
    at: ({ payload: { to } }) => ({ userId: to }),
    message: ({ payload: { id, from, text } }) => [
      "arrived",
      { id, from, text },
      { sender: { type: "user", id: from } },
    ],
  }),
  bridgeEntry(notificationSent, staffNotificationsChannel, {
    message: ({ payload: { id, from, to } }) => [{ id, from, to }],
  }),
];
