import { RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it } from "vitest";
import { bindAll } from "./bind-all";
import { inMemoryDeps } from "./in-memory-deps";

it("carries a notification to its receiver with the text, and to staff without it", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  const app = bindAll({ ...inMemoryDeps({}), realtime });
  const { sent, ...outcome } = await app.sendNotification({ to: "sam", text: "hello" }, "mia");
  expect(sent).toBe(true);
  expect(realtime.broadcasts).toEqual([
    { channel: "notifications.user.sam", event: "arrived", payload: { ...outcome, from: "mia", text: "hello" } },
    { channel: "notifications.staff", event: "message", payload: { ...outcome, from: "mia", to: "sam" } },
  ]);
  expect(realtime.envelopes[0]?.sender).toEqual({ type: "user", id: "mia" });
});

it("carries nothing once the app is unbound", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  const app = bindAll({ ...inMemoryDeps({}), realtime });
  app.unbind();
  await app.sendNotification({ to: "sam", text: "hello" }, "mia");
  expect(realtime.broadcasts).toEqual([]);
});
