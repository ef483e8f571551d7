import { withCapture, withSpan } from "@repo/core-observability";
import { onUserNotifications } from "../realtime/handlers/on-user-notifications.handler";
import { staffNotificationsChannel } from "../realtime/staff-notifications.channel";
import { userNotificationsChannel } from "../realtime/user-notifications.channel";
import type { BindContext } from "./bind-context";
import { notificationsHandlers } from "./symbols";

/** Registers the channels of this feature and their handlers; returns the undo. */
export function bindProductionNotifications({ registry, realtime, tracer, logger }: BindContext): () => void {
  const undo = [
    registry.registerChannel(staffNotificationsChannel),
    registry.register(
      userNotificationsChannel,
      withSpan(
        tracer,
        { op: "realtime-handler", name: notificationsHandlers.onUserNotifications },
        withCapture(logger, { layer: "realtime-handler" }, onUserNotifications({ realtime })),
      ),
    ),
    // <gen:realtime-handlers>
  ];
  return () => undo.forEach((undoOne) => undoOne());
}
