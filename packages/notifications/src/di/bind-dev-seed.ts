import { traced } from "@repo/core-observability";
import { onUserNotifications } from "../realtime/handlers/on-user-notifications.handler";
import { welcomeNotifications } from "../realtime/welcome-notifications.opening";
import { staffNotificationsChannel } from "../realtime/staff-notifications.channel";
import { userNotificationsChannel } from "../realtime/user-notifications.channel";
import type { BindContext } from "./bind-context";
import { notificationsHandlers } from "./symbols";

/** As in production, with a welcome in every inbox, so that there is something to look at. */
export function bindDevSeedNotifications(context: BindContext): () => void {
  const undo = [
    context.registry.registerChannel(staffNotificationsChannel),
    context.registry.register(userNotificationsChannel, {
      opening: welcomeNotifications,
      handler: traced(context, notificationsHandlers.onUserNotifications, onUserNotifications(context)),
    }),
    // <gen:realtime-handlers>
  ];
  return () => undo.forEach((undoOne) => undoOne());
}
