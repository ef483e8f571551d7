/** What the handlers of this feature are called in traces. */
export const notificationsHandlers = {
  onUserNotifications: "notifications.on-user-notifications",
  // <gen:realtime-handler-symbols>
} as const;
