import type { IRealtimeBroadcaster, RealtimeHandler } from "@repo/core-realtime";
import { boardCursorsChannel } from "../board-cursors.channel.js";

interface OnBoardCursorsDeps {
  readonly realtime: IRealtimeBroadcaster;
}

/** The position of a user's pointer, published to everybody. The server sets the user, so that nobody points as another. */
export const onBoardCursors =
  ({ realtime }: OnBoardCursorsDeps): RealtimeHandler<typeof boardCursorsChannel> =>
  async ({ payload, user: { userId }, connectionId }) => {
    const sender = { type: "user", id: userId } as const;
    await realtime.broadcast(boardCursorsChannel, { ...payload, connectionId, userId }, { sender });
    return undefined;
  };
