import {
  addressOf,
  type Addressable,
  type ChannelAddress,
  type ChannelOf,
  type IRealtimeGuard,
  type IRealtimeObserver,
  type OutboundOutput,
} from "@repo/core-realtime";
import { DeadlinePresenceStore } from "./deadline-presence-store.js";
import type { PresenceChannel } from "./define-presence-channel.js";
import { InMemoryPresenceStore } from "./in-memory-presence-store.js";
import { DEFAULT_JOIN_RATE, JoinRate } from "./join-rate.js";
import { startNodeHeartbeat } from "./node-heartbeat.js";
import { withDefaultBounds } from "./presence-bounds.js";
import { PresenceKeeper } from "./presence-keeper.js";
import { PresenceRepair } from "./presence-repair.js";
import { presenceGuard } from "./presence.guard.js";
import { presenceObserver, type BoundPresence } from "./presence.observer.js";
import type { PresenceHost, PresenceOptions } from "./presence-options.js";
import { registerPresence } from "./register-presence.js";

/** An observer and a guard for `createRealtime`, and the binding that follows it. */
export interface Presence {
  /** Follows who subscribes and leaves: one of `observers` of `createRealtime`. */
  readonly observer: IRealtimeObserver;
  /** Shows members to members alone, and refuses a connection that joins too often: one of `guards` of `createRealtime`. */
  readonly guard: IRealtimeGuard;
  /** Heartbeats with which a silently dead tab is noticed within 20 s; pass them on as `limits`. */
  readonly limits: { readonly pingMs: number; readonly pongMs: number };
  /** Registers the presence channels and begins to keep their members. The undo publishes that this node's members have left. */
  bind(host: PresenceHost): () => Promise<void>;
  /**
   * The members of all nodes, oldest first.
   * @example const members = await presence.list(boardPresence.at({ boardId: "7" }));
   */
  list<T extends PresenceChannel | ChannelAddress<PresenceChannel>>(
    of: T & Addressable<T>,
  ): Promise<readonly OutboundOutput<ChannelOf<T>, "presence:update">[]>;
}

const GRACE_MS = 2_000; // a reload takes about one
const TICK_MS = 200; // users do not notice it, and a burst of joins and leaves becomes one change
const ACTIVE_MS = 10_000; // precise enough for "away", and one small write

/**
 * Keeps the members of each channel.
 * @example
 * const presence = createPresence({ channels: [boardPresence], clock: systemClock, nodeId: randomUUID(), onError });
 * const { observer, guard, limits } = presence;
 * const realtime = createRealtime({ authenticator, observers: [observer], guards: [guard], limits });
 * const leave = presence.bind(realtime);
 */
export function createPresence(options: PresenceOptions): Presence {
  const { clock, nodeId, onError } = options;
  const store = options.store
    ? new DeadlinePresenceStore({ store: options.store, clock, onLateWrite })
    : new InMemoryPresenceStore(clock);
  const { graceMs = GRACE_MS, tickMs = TICK_MS, activeMs = ACTIVE_MS } = options;
  for (const [name, ms] of Object.entries({ graceMs, tickMs, activeMs }))
    if (!(ms >= 0 && ms < Infinity)) throw new TypeError(`createPresence: ${name} must be milliseconds, got ${ms}.`);
  const bounds = withDefaultBounds(options.bounds);
  const joins = new JoinRate(clock, { ...DEFAULT_JOIN_RATE, ...options.joinRate });
  const channels = new Map(options.channels.map((channel) => [channel.of.name, channel]));
  const presences = new Map(options.channels.map((channel) => [channel.name as string, channel]));
  if (channels.size < options.channels.length)
    throw new TypeError("createPresence: one channel has two presence channels; keep one of them.");
  let bound: BoundPresence | undefined;
  function onLateWrite(channel: string, connectionId: string): void {
    const found = bound?.host.registry.resolve(channel);
    if (found) bound?.keeper.writtenLate(found.address, connectionId);
  }
  const seatOf = (connectionId: string, of: ChannelAddress) => bound?.keeper.seatOf(connectionId, of);

  return {
    limits: { pingMs: 10_000, pongMs: 8_000 },
    observer: presenceObserver({ channels, presences, bound: () => bound, onError }),
    guard: presenceGuard({ channels, presences, joins, isMember: (id, of) => seatOf(id, of) !== undefined }),
    bind(host) {
      if (bound) throw new TypeError("presence.bind: already bound; one createPresence serves one createRealtime.");
      const timing = { clock, graceMs, tickMs, activeMs };
      const realtime = host.broadcaster;
      const { pageBytes } = bounds;
      const keeper = new PresenceKeeper({ channels, store, realtime, nodeId, bounds, onError, ...timing });
      const repair = new PresenceRepair({ keeper, store, clock, pageBytes, onError });
      const undo = options.channels.map((channel) => registerPresence(channel, { keeper, store, host, pageBytes }));
      const stopBeating = startNodeHeartbeat({
        store,
        clock,
        nodeId,
        onError,
        async onDead({ channel, member }) {
          const found = host.registry.resolve(channel);
          if (found) await keeper.removeDead(found.address, member);
        },
        onBeat: () => keeper.retry(),
      });
      bound = { keeper, repair, host };
      return async () => {
        bound = undefined;
        stopBeating();
        repair.close();
        await keeper.close();
        for (const unregister of undo) unregister();
      };
    },
    async list<T extends PresenceChannel | ChannelAddress<PresenceChannel>>(of: T & Addressable<T>) {
      const { channel, params } = addressOf(of);
      const presence = presences.get(channel.name);
      if (!presence)
        throw new TypeError(`presence.list: "${channel.name}" is none of the presence channels of createPresence.`);
      const { members } = await store.list(presence.of.at(params).name);
      return members as readonly OutboundOutput<ChannelOf<T>, "presence:update">[]; // its meta passed the channel's schema
    },
  };
}
