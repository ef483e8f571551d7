// rooms-use-cases.ts
import type { Realtime } from "fourgate/server";
import { roomChannel } from "./room.channel.js";

/** Sends to everybody in the room, on every node. */
export async function announce(realtime: Realtime, roomId: string, text: string) {
  await realtime.broadcaster.broadcast(roomChannel.at({ roomId }), "announced", { text });
}

/** Ends a membership. When it has resolved, no node sends the user one more message of the room. */
export async function removeMember(
  { realtime, members }: { realtime: Realtime; members: { delete(roomId: string, userId: string): Promise<void> } },
  roomId: string,
  userId: string,
) {
  await members.delete(roomId, userId); // first: a subscribe that arrives now is refused by the guard
  await realtime.revoke({ userId, channel: roomChannel.at({ roomId }) });
}
