import type {
  Clock,
  IRealtimeBroadcaster,
  IRealtimeGuard,
  IRealtimeHandlerRegistry,
  IRealtimeObserver,
  RealtimeErrorCode,
  RealtimeObservation,
} from "@repo/core-realtime";
import type { PresenceChannel } from "./define-presence-channel.js";
import { InMemoryPresenceStore } from "./in-memory-presence-store.js";
import { startNodeHeartbeat } from "./node-heartbeat.js";
import { presenceGuard } from "./presence.guard.js";
import { PresenceKeeper } from "./presence-keeper.js";
import type { IPresenceStore } from "./presence-store.js";

/** What an app decides. */
export interface PresenceOptions {
  /** Each `definePresenceChannel` of the app. */
  readonly channels: readonly PresenceChannel[];
  /** Default: this process's memory. */
  readonly store?: IPresenceStore;
  /** A closed connection is a member for so long, so that a reload is no coming and going; default 2 000. */
  readonly graceMs?: number;
  readonly clock: Clock;
  /** Names this node in the store; new at each start. */
  readonly nodeId: string;
  /** A store or a broadcast failed. */
  readonly onError: (cause: unknown) => void;
}

/** What presence needs of a `Realtime`. */
export interface PresenceHost {
  readonly registry: IRealtimeHandlerRegistry;
  readonly broadcaster: IRealtimeBroadcaster;
  revoke(target: { readonly connectionId: string; readonly channel: string }): Promise<void>;
}

/** An observer and a guard for `createRealtime`, and the binding that follows it. */
export interface Presence {
  readonly observer: IRealtimeObserver;
  readonly guard: IRealtimeGuard;
  /** Heartbeats under which a silently dead tab is noticed within 20 s; pass them on as `limits`. */
  readonly limits: { readonly pingMs: number; readonly pongMs: number };
  /** Registers the presence channels and begins to keep them. The undo says of this node's members that they left. */
  bind(host: PresenceHost): () => Promise<void>;
}

const GRACE_MS = 2_000; // a reload takes about one
const SILENT: RealtimeErrorCode = "HEARTBEAT_LOST";

/**
 * Who is on which channel.
 * @example
 * const presence = createPresence({ channels: [boardPresence], clock: systemClock, nodeId: randomUUID(), onError });
 * const { observer, guard, limits } = presence;
 * const realtime = createRealtime({ authenticator, observers: [observer], guards: [guard], limits });
 * const leave = presence.bind(realtime);
 */
export function createPresence(options: PresenceOptions): Presence {
  const { clock, nodeId, onError, graceMs = GRACE_MS, store = new InMemoryPresenceStore(clock) } = options;
  const channels = new Map(options.channels.map((channel) => [channel.of.name, channel]));
  const presences = new Map<string, PresenceChannel>(options.channels.map((channel) => [channel.name, channel]));
  if (channels.size < options.channels.length)
    throw new TypeError("createPresence: one channel has two presence channels; keep one of them.");
  let bound: { readonly keeper: PresenceKeeper; readonly host: PresenceHost } | undefined;

  return {
    limits: { pingMs: 10_000, pongMs: 8_000 },
    observer: { observe },
    guard: presenceGuard(
      (name) => presences.get(name),
      (connectionId, of) => bound?.keeper.isSeated(connectionId, of) ?? false,
    ),
    bind(host) {
      if (bound) throw new TypeError("presence.bind: already bound; one createPresence serves one createRealtime.");
      const keeper = new PresenceKeeper({
        channels,
        store,
        realtime: host.broadcaster,
        clock,
        nodeId,
        graceMs,
        onError,
      });
      const undo = options.channels.map((channel) => registerPresence(channel, { keeper, store, host }));
      const onDead = async ({ channel, member }: { channel: string; member: { connectionId: string } }) => {
        const found = host.registry.resolve(channel);
        if (found) await keeper.remove(found.address, member.connectionId);
      };
      const stopBeating = startNodeHeartbeat({ store, clock, nodeId, onDead, onError });
      bound = { keeper, host };
      return async () => {
        bound = undefined;
        stopBeating();
        await keeper.close();
        for (const unregister of undo) unregister();
      };
    },
  };

  function observe(observation: RealtimeObservation): void {
    if (observation.kind === "disconnected" && observation.reason === SILENT)
      bound?.keeper.gaveUp(observation.connection.connectionId);
    if (observation.kind !== "subscribed" && observation.kind !== "left") return;
    const { address, connection } = observation;
    const presence = channels.get(address.channel.name);
    if (!presence || !bound) return;
    const { connectionId, user } = connection;
    if (observation.kind === "subscribed")
      return bound.keeper.join(address, { connectionId, userId: user?.userId ?? null });
    bound.keeper.leave(address, connectionId, observation.why);
    if (observation.why === "closed") return;
    const channel = presence.at(address.params).name; // who is off the channel may not go on watching who is on it
    bound.host.revoke({ connectionId, channel }).catch(onError);
  }
}

interface RegisterDeps {
  readonly keeper: PresenceKeeper;
  readonly store: IPresenceStore;
  readonly host: PresenceHost;
}

function registerPresence(channel: PresenceChannel, { keeper, store, host }: RegisterDeps): () => void {
  return host.registry.register(channel, {
    opening: async ({ params }) => ({ members: await store.list(channel.of.at(params).name) }),
    handler: ({ params, connectionId, payload }) => keeper.update(channel.of.at(params), connectionId, payload.meta),
  });
}
