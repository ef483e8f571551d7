import { handlerMessage, RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it } from "vitest";
import { realtimePingChannel } from "../realtime-ping.channel";
import { onRealtimePing } from "./on-realtime-ping.handler";

const message = handlerMessage(realtimePingChannel, {
  event: "ping",
  payload: { nonce: "n-1" },
  user: { userId: "ada", roles: [] },
});

it("replies with the nonce, after its broadcast", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  await expect(onRealtimePing({ realtime })(message)).resolves.toEqual({ nonce: "n-1" });
  expect(realtime.broadcasts).toEqual([{ channel: "realtime-ping", event: "pinged", payload: { nonce: "n-1" } }]);
});

it("does not reply where the broadcast failed", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  realtime.failNext(new Error("the broker is away"));
  await expect(onRealtimePing({ realtime })(message)).rejects.toThrow("the broker is away");
});

it("shows the user who pinged, and the server where it was a visitor", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  await onRealtimePing({ realtime })(message);
  await onRealtimePing({ realtime })({ ...message, user: null });
  expect(realtime.envelopes.map(({ sender }) => sender)).toEqual([{ type: "user", id: "ada" }, { type: "user" }]);
});
