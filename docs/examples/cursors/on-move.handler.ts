// on-move.handler.ts
import type { RealtimeHandler } from "fourgate";
import type { cursorsChannel } from "./cursors.channel.js";

/** Adds whose cursor it is: a client cannot say so itself. */
export const onMove: RealtimeHandler<typeof cursorsChannel> = async ({ payload, user, connectionId, broadcast }) => {
  await broadcast("moved", { ...payload, connectionId, userId: user.userId });
};
