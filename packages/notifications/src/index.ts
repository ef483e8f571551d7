import { staffNotificationsChannel } from "./realtime/staff-notifications.channel";
import { userNotificationsChannel } from "./realtime/user-notifications.channel";

export type { BindContext } from "./di/bind-context";
export { bindDevSeedNotifications } from "./di/bind-dev-seed";
export { bindProductionNotifications } from "./di/bind-production";
export { notificationSent } from "./events/notification-sent.event";
export { notificationDraft, type NotificationDraft } from "./notification-draft";
export { staffNotificationsChannel } from "./realtime/staff-notifications.channel";
export { userNotificationsChannel } from "./realtime/user-notifications.channel";
export { sendNotification, type SendNotificationDeps, type SendOutcome } from "./use-cases/send-notification";
// <gen:realtime-channels>

/** Every channel of this feature. */
export const notificationsChannels = [userNotificationsChannel, staffNotificationsChannel] as const;
