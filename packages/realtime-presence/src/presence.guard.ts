import { RealtimeError, type ChannelAddress, type IRealtimeGuard } from "@repo/core-realtime";
import type { PresenceChannel } from "./define-presence-channel.js";
import type { JoinRate } from "./join-rate.js";

/** What the guard decides from. */
export interface PresenceGuardDeps {
  /** By the name of the presence channel. */
  readonly presences: ReadonlyMap<string, PresenceChannel>;
  /** By the name of the channel whose members are kept. */
  readonly channels: ReadonlyMap<string, PresenceChannel>;
  readonly isMember: (connectionId: string, of: ChannelAddress) => boolean;
  readonly joins: JoinRate;
}

/** Members are shown only to members. A connection that joins too often is refused with RATE_LIMITED, which counts as a violation. */
export function presenceGuard({ presences, channels, isMember, joins }: PresenceGuardDeps): IRealtimeGuard {
  return {
    name: "presence",
    subscribe({ connectionId, address }) {
      const { channel, name, params } = address;
      const presence = presences.get(channel.name);
      if (presence && !isMember(connectionId, presence.of.at(params)))
        throw new RealtimeError("UNAUTHORIZED", { detail: "subscribe to the channel itself first" });
      if (!channels.has(channel.name) || isMember(connectionId, address)) return; // a renewed subscription is no join
      const retryAfterMs = joins.take(connectionId);
      if (retryAfterMs > 0)
        throw new RealtimeError("RATE_LIMITED", { detail: `joined too often: ${name}`, retryAfterMs });
    },
    forget: (connectionId) => joins.forget(connectionId),
  };
}
