import { authorize } from "@repo/core-realtime";
import { RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it } from "vitest";
import { staffNotificationsChannel } from "./staff-notifications.channel";

it("admits the role staff and no other", () => {
  expect(authorize(staffNotificationsChannel, {}, { userId: "ada", roles: ["member", "staff"] })).toBe(true);
  expect(authorize(staffNotificationsChannel, {}, { userId: "bob", roles: ["member"] })).toBe(false);
  expect(authorize(staffNotificationsChannel, {}, null)).toBe(false);
});

it("cannot carry what was written", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  const sent = { id: "1", from: "ada", to: "bob" };
  await realtime.broadcast(staffNotificationsChannel, sent);
  const withText = { ...sent, text: "private" };
  await expect(realtime.broadcast(staffNotificationsChannel, withText)).rejects.toMatchObject({
    code: "BROADCAST_INVALID",
  });
  expect(realtime.broadcasts).toEqual([{ channel: "notifications.staff", event: "message", payload: sent }]);
});
