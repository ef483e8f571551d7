import { authorize } from "@repo/core-realtime";
import { RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it } from "vitest";
import { realtimePingChannel } from "./realtime-ping.channel";

it("lets anyone in", () => {
  expect(authorize(realtimePingChannel, {}, null)).toBe(true);
  expect(authorize(realtimePingChannel, {}, { userId: "ada", roles: [] })).toBe(true);
});

it("carries heartbeats and pings, and refuses the rest", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  await realtime.broadcast(realtimePingChannel, "heartbeat", { beat: 1 });
  await realtime.broadcast(realtimePingChannel, "pinged", { nonce: "n" });
  for (const beat of [0, -1, 1.5])
    await expect(realtime.broadcast(realtimePingChannel, "heartbeat", { beat })).rejects.toMatchObject({
      code: "BROADCAST_INVALID",
    });
  expect(realtime.broadcasts).toEqual([
    { channel: "realtime-ping", event: "heartbeat", payload: { beat: 1 } },
    { channel: "realtime-ping", event: "pinged", payload: { nonce: "n" } },
  ]);
});
