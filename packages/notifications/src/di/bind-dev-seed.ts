import { withCapture, withSpan } from "@repo/core-observability";
import { onUserNotifications } from "../realtime/handlers/on-user-notifications.handler";
import { welcomeNotifications } from "../realtime/welcome-notifications.opening";
import { staffNotificationsChannel } from "../realtime/staff-notifications.channel";
import { userNotificationsChannel } from "../realtime/user-notifications.channel";
import type { BindContext } from "./bind-context";
import { notificationsHandlers } from "./symbols";

/** As in production, with a welcome in every inbox, so that there is something to look at. */
export function bindDevSeedNotifications({ registry, realtime, tracer, logger }: BindContext): () => void {
  const undo = [
    registry.registerChannel(staffNotificationsChannel),
    registry.register(userNotificationsChannel, {
      opening: welcomeNotifications,
      handler: withSpan(
        tracer,
        { op: "realtime-handler", name: notificationsHandlers.onUserNotifications },
        withCapture(logger, { layer: "realtime-handler" }, onUserNotifications({ realtime })),
      ),
    }),
    // <gen:realtime-handlers>
  ];
  return () => undo.forEach((undoOne) => undoOne());
}
