import type { IRealtimeObserver, RealtimeErrorCode, RealtimeObservation } from "@repo/core-realtime";
import type { PresenceChannel } from "./define-presence-channel.js";
import type { PresenceKeeper } from "./presence-keeper.js";
import type { PresenceRepair } from "./presence-repair.js";
import type { PresenceHost } from "./presence-options.js";
import type { PresenceSeat } from "./presence-seat.js";

/** What the observer passes on to. */
export interface PresenceObserverDeps {
  /** By the name of the channel whose members are kept. */
  readonly channels: ReadonlyMap<string, PresenceChannel>;
  /** By the name of the presence channel. */
  readonly presences: ReadonlyMap<string, PresenceChannel>;
  readonly bound: () => BoundPresence | undefined;
  readonly onError: (cause: unknown) => void;
}

/** What presence has from its binding on. */
export interface BoundPresence {
  readonly keeper: PresenceKeeper;
  readonly repair: PresenceRepair;
  readonly host: PresenceHost;
}

const KINDS = ["subscribed", "left", "handled", "refreshed", "disconnected", "delivered", "gap", "isolated"] as const;
const SILENT: RealtimeErrorCode = "HEARTBEAT_LOST";

/** Follows what happens to connections. Reads nothing of them but their id and user. */
export function presenceObserver({ channels, presences, bound, onError }: PresenceObserverDeps): IRealtimeObserver {
  return { kinds: KINDS, observe };

  function observe(observation: RealtimeObservation): void {
    const presence = bound();
    if (!presence) return;
    const { keeper, repair } = presence;
    switch (observation.kind) {
      case "subscribed":
      case "left":
        return follow(observation, keeper);
      case "handled":
        return keeper.active(observation.connection.connectionId);
      case "refreshed": {
        const { connectionId, user } = observation.connection;
        keeper.identify(connectionId, user?.userId ?? null);
        return keeper.active(connectionId);
      }
      case "disconnected":
        if (observation.reason === SILENT) keeper.gaveUp(observation.connection.connectionId);
        return;
      case "delivered":
        return repair.delivered(observation.envelope);
      case "gap":
        return suspect(observation.channel, presence);
      case "isolated":
        return keeper.leaveAll();
    }
  }

  function suspect(name: string, { repair, host }: BoundPresence): void {
    const address = host.registry.resolve(name)?.address;
    const watched = address && presences.get(address.channel.name);
    if (watched) repair.suspect(name, watched.of.at(address.params));
  }

  function follow(observation: Subscription, keeper: PresenceKeeper): void {
    const { kind, address, connection } = observation;
    const { connectionId, user } = connection;
    const watched = presences.get(address.channel.name);
    if (watched) {
      const seat = keeper.anySeatOf(connectionId, watched.of.at(address.params));
      if (seat) seat.isWatching = kind === "subscribed";
      if (seat && kind === "left") seat.send = undefined;
      if (seat && !seat.current) endWatching(seat); // it left the channel while it was let in here
    }
    if (!channels.has(address.channel.name)) return;
    if (kind === "subscribed") return keeper.join(address, { connectionId, userId: user?.userId ?? null });
    keeper.leave(address, connectionId, observation.why);
    const seat = keeper.anySeatOf(connectionId, address);
    if (seat) endWatching(seat);
  }

  /** Who has left the channel may not go on watching its members. */
  function endWatching(seat: PresenceSeat): void {
    const { connectionId, address } = seat;
    const channel = channels.get(address.channel.name)?.at(address.params).name;
    if (!seat.isWatching || channel === undefined) return;
    queueMicrotask(() => {
      if (seat.isWatching) bound()?.host.revoke({ connectionId, channel }).catch(onError); // not where the whole connection ends
    });
  }
}

type Subscription = Extract<RealtimeObservation, { readonly kind: "subscribed" | "left" }>;
