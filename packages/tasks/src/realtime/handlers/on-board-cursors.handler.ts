import type { IRealtimeBroadcaster, RealtimeHandler } from "@repo/core-realtime";
import { boardCursorsChannel } from "../board-cursors.channel.js";

interface OnBoardCursorsDeps {
  readonly realtime: IRealtimeBroadcaster;
}

/** Somebody points: everybody is shown where, and whose hand it is. Who it is the server says, so that nobody points for others. */
export const onBoardCursors =
  ({ realtime }: OnBoardCursorsDeps): RealtimeHandler<typeof boardCursorsChannel> =>
  async ({ payload, user: { userId }, connectionId }) => {
    const sender = { type: "user", id: userId } as const;
    await realtime.broadcast(boardCursorsChannel, { ...payload, connectionId, userId }, { sender });
    return undefined;
  };
