import type { RealtimeMessage } from "@repo/core-realtime";
import { RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it } from "vitest";
import { userNotificationsChannel } from "../user-notifications.channel";
import { onUserNotifications } from "./on-user-notifications.handler";

const message: RealtimeMessage<typeof userNotificationsChannel> = {
  event: "read",
  payload: { id: "n-1" },
  params: { userId: "ada" },
  address: userNotificationsChannel.at({ userId: "ada" }),
  user: { userId: "ada", roles: [] },
  connectionId: "connection-1",
  messageId: undefined,
  signal: new AbortController().signal,
};

it("tells the user's other tabs what was read, and by whom", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  await onUserNotifications({ realtime })(message);
  expect(realtime.broadcasts).toEqual([{ channel: "notifications.user.ada", event: "read", payload: { id: "n-1" } }]);
  expect(realtime.envelopes[0]?.sender).toEqual({ type: "user", id: "ada" });
});
