import { authorize } from "@repo/core-realtime";
import { RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it } from "vitest";
import { userNotificationsChannel } from "./user-notifications.channel";

const params = { userId: "ada" };
const address = userNotificationsChannel.at(params);

it("admits only the user in its name, not even staff", () => {
  expect(authorize(userNotificationsChannel, params, { userId: "ada", roles: [] })).toBe(true);
  expect(authorize(userNotificationsChannel, params, { userId: "bob", roles: ["staff"] })).toBe(false);
  expect(authorize(userNotificationsChannel, params, null)).toBe(false);
});

it("carries what arrived and what was read, and refuses the rest", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  await realtime.broadcast(address, "arrived", { id: "1", from: "bob", text: "hello" });
  await realtime.broadcast(address, "read", { id: "1" });
  await expect(realtime.broadcast(address, "read", { id: "" })).rejects.toMatchObject({ code: "BROADCAST_INVALID" });
  expect(realtime.broadcasts).toEqual([
    { channel: "notifications.user.ada", event: "arrived", payload: { id: "1", from: "bob", text: "hello" } },
    { channel: "notifications.user.ada", event: "read", payload: { id: "1" } },
  ]);
});
