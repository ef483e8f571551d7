import { handlerMessage, RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it } from "vitest";
import { userNotificationsChannel } from "../user-notifications.channel";
import { onUserNotifications } from "./on-user-notifications.handler";

const message = handlerMessage(userNotificationsChannel.at({ userId: "ada" }), {
  event: "read",
  payload: { id: "n-1" },
  user: { userId: "ada", roles: [] },
});

it("sends the user's other tabs what was read, and by which user", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  await onUserNotifications({ realtime })(message);
  expect(realtime.broadcasts).toEqual([{ channel: "notifications.user.ada", event: "read", payload: { id: "n-1" } }]);
  expect(realtime.envelopes[0]?.sender).toEqual({ type: "user", id: "ada" });
});
