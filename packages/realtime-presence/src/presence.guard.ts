import { RealtimeError, type ChannelAddress, type IRealtimeGuard } from "@repo/core-realtime";
import type { PresenceChannel } from "./define-presence-channel.js";

/** Members are seen only by those whom gate 2 let onto the channel itself, and only while they are on it. */
export function presenceGuard(
  presenceOf: (name: string) => PresenceChannel | undefined,
  isSeated: (connectionId: string, of: ChannelAddress) => boolean,
): IRealtimeGuard {
  return {
    subscribe({ connectionId, address }) {
      const presence = presenceOf(address.channel.name);
      if (presence && !isSeated(connectionId, presence.of.at(address.params)))
        throw new RealtimeError("UNAUTHORIZED", { detail: "subscribe to the channel itself first" });
    },
  };
}
