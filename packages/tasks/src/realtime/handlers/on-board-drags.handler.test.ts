import { handlerMessage, RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it } from "vitest";
import { boardDragsChannel } from "../board-drags.channel.js";
import { onBoardDrags } from "./on-board-drags.handler.js";

const user = { userId: "mia", roles: [] };
const by = { connectionId: "connection-1", userId: "mia" };

it("publishes a card under way and the end of it, with the user that the server knows", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  const place = { card: "a", x: 0.1, y: 1 };
  await onBoardDrags({ realtime })(handlerMessage(boardDragsChannel, { event: "move", payload: place, user }));
  await onBoardDrags({ realtime })(handlerMessage(boardDragsChannel, { event: "end", payload: {}, user }));
  expect(realtime.broadcasts).toEqual([
    { channel: "tasks.drags", event: "moved", payload: { ...place, ...by } },
    { channel: "tasks.drags", event: "ended", payload: by },
  ]);
  expect(realtime.envelopes[0]?.sender).toEqual({ type: "user", id: "mia" });
});
