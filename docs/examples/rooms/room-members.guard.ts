// room-members.guard.ts
import { RealtimeError, type IRealtimeGuard } from "fourgate";
import { roomChannel } from "./room.channel.js";

/** Lets only the members of a room subscribe to it. Write it once, for every channel whose name begins with the room's. */
export function roomMembers(isMember: (roomId: string, userId: string) => Promise<boolean>): IRealtimeGuard {
  return {
    name: "room members",
    async subscribe({ address, user }) {
      if (address.channel.name !== roomChannel.name) return;
      const { roomId = "" } = address.params;
      if (!user || !(await isMember(roomId, user.userId))) throw new RealtimeError("UNAUTHORIZED");
    },
  };
}
