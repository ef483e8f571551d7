import type { IRealtimeBroadcaster, RealtimeHandler } from "@repo/core-realtime";
import { boardDragsChannel } from "../board-drags.channel.js";

interface OnBoardDragsDeps {
  readonly realtime: IRealtimeBroadcaster;
}

/** A card under way, published to everybody. The server sets the user, so that nobody drags as another. */
export const onBoardDrags =
  ({ realtime }: OnBoardDragsDeps): RealtimeHandler<typeof boardDragsChannel> =>
  async ({ event, payload, user: { userId }, connectionId }) => {
    const options = { sender: { type: "user", id: userId } } as const;
    const by = { connectionId, userId };
    if (event === "move") await realtime.broadcast(boardDragsChannel, "moved", { ...payload, ...by }, options);
    else await realtime.broadcast(boardDragsChannel, "ended", by, options);
    return undefined;
  };
