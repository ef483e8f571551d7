import { traced } from "@repo/core-observability";
import { onUserNotifications } from "../realtime/handlers/on-user-notifications.handler";
import { staffNotificationsChannel } from "../realtime/staff-notifications.channel";
import { userNotificationsChannel } from "../realtime/user-notifications.channel";
import type { BindContext } from "./bind-context";
import { notificationsHandlers } from "./symbols";

/** Registers the channels of this feature and their handlers; returns the undo. */
export function bindProductionNotifications(context: BindContext): () => void {
  const undo = [
    context.registry.registerChannel(staffNotificationsChannel),
    context.registry.register(
      userNotificationsChannel,
      traced(context, notificationsHandlers.onUserNotifications, onUserNotifications(context)),
    ),
    // <gen:realtime-handlers>
  ];
  return () => undo.forEach((undoOne) => undoOne());
}
