import type { RealtimeMessage } from "@repo/core-realtime";
import { addressOf } from "@repo/core-realtime";
import { RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it } from "vitest";
import { boardCursorsChannel } from "../board-cursors.channel.js";
import { onBoardCursors } from "./on-board-cursors.handler.js";

const message: RealtimeMessage<typeof boardCursorsChannel> = {
  event: "message",
  payload: { x: 0.1, y: 1 },
  params: {},
  address: { ...addressOf(boardCursorsChannel), channel: boardCursorsChannel },
  user: { userId: "mia", roles: [] },
  connectionId: "connection-1",
  messageId: undefined,
  signal: new AbortController().signal,
};

it("passes a place on, with the hand that the server knows", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  await onBoardCursors({ realtime })(message);
  const payload = { x: 0.1, y: 1, connectionId: "connection-1", userId: "mia" };
  expect(realtime.broadcasts).toEqual([{ channel: "tasks.cursors", event: "message", payload }]);
  expect(realtime.envelopes[0]?.sender).toEqual({ type: "user", id: "mia" });
});
