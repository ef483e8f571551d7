import { handlerMessage, RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it } from "vitest";
import { boardCursorsChannel } from "../board-cursors.channel.js";
import { onBoardCursors } from "./on-board-cursors.handler.js";

const message = handlerMessage(boardCursorsChannel, {
  payload: { x: 0.1, y: 1 },
  user: { userId: "mia", roles: [] },
});

it("passes a place on, with the hand that the server knows", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  await onBoardCursors({ realtime })(message);
  const payload = { x: 0.1, y: 1, connectionId: "connection-1", userId: "mia" };
  expect(realtime.broadcasts).toEqual([{ channel: "tasks.cursors", event: "message", payload }]);
  expect(realtime.envelopes[0]?.sender).toEqual({ type: "user", id: "mia" });
});
