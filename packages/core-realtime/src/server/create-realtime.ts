import type { ChannelAddress } from "../channel/channel-address.js";
import type { RealtimeChannel } from "../channel/realtime-channel.js";
import type { IRealtimeAuthenticator } from "../seams/authenticator.seam.js";
import type { IRealtimeBroadcaster } from "../seams/broadcaster.seam.js";
import type { CommandOutcome, IRealtimeBroker, RealtimeCommand } from "../seams/broker.seam.js";
import type { Clock } from "../seams/clock.js";
import type { IRealtimeGuard } from "../seams/guard.seam.js";
import type { IRealtimeHandlerRegistry } from "../seams/handler-registry.seam.js";
import type { IRealtimeHistory } from "../seams/history.seam.js";
import { InProcessBroker } from "../seams/in-process-broker.js";
import type { IRealtimeObserver, ListedConnection } from "../seams/observer.seam.js";
import type { IRealtimeServer } from "../seams/server.seam.js";
import type { SealedEnvelope } from "../wire/sealed-envelope.js";
import { channelTarget } from "./channel-target.js";
import { ChannelSequence } from "./delivery/channel-sequence.js";
import { ChannelTable, type ChannelCensus } from "./delivery/channel-table.js";
import { directSend } from "./delivery/direct-send.js";
import { NodeMembership } from "./delivery/node-membership.js";
import { RealtimeBroadcaster } from "./delivery/realtime-broadcaster.js";
import { RealtimeNode } from "./delivery/realtime-node.js";
import { Guards } from "./gates/guards.js";
import { InMemoryHistory } from "./history/in-memory-history.js";
import { DeadlineQueue } from "./gates/deadline-queue.js";
import { withDefaults, type RealtimeLimits } from "./limits/limits.js";
import type { AllowedOrigins } from "./limits/origin-policy.js";
import { createProtection } from "./limits/protection.js";
import { Observers } from "./observers.js";
import { RealtimeHandlerRegistry } from "./realtime-handler-registry.js";
import { drainSessions, type DrainOptions } from "./session/drain.js";
import { Leases } from "./session/leases.js";
import { RealtimeGateway } from "./session/realtime-gateway.js";
import { ReplyCache } from "./session/reply-cache.js";
import { SessionTable } from "./session/session-table.js";
import { systemClock } from "./system-clock.js";

/** What an app decides. Only the authenticator has no default. */
export interface RealtimeOptions {
  readonly authenticator: IRealtimeAuthenticator;
  /** Pages that may connect; default `"same-origin"`. */
  readonly origins?: AllowedOrigins;
  readonly guards?: readonly IRealtimeGuard[];
  readonly observers?: readonly IRealtimeObserver[];
  /** What connects the nodes; default: this process alone. */
  readonly broker?: IRealtimeBroker;
  /** Where channels with `history` keep it; default: this process's memory, which promises nothing across a restart. */
  readonly history?: IRealtimeHistory;
  readonly limits?: Partial<RealtimeLimits>;
  /** Networks of our proxies and balancers, whose addresses are never locked out for abuse; default: private ones that show a forwarding header. */
  readonly proxies?: readonly string[];
  readonly registry?: IRealtimeHandlerRegistry;
  readonly clock?: Clock;
  /** The current W3C `traceparent`, where the app traces. */
  readonly traceparent?: () => string | undefined;
}

/** Which connections to close: all of a user, or those of one sign-in. */
export type ExpelTarget =
  { readonly userId: string; readonly sessionId?: string } | { readonly userId?: string; readonly sessionId: string };

/** A channel: its address, its concrete name, or for all its channels its description or template. */
export type ChannelTarget = RealtimeChannel | ChannelAddress | string;

/** Whose access ends: a user's, one connection's; without either, everybody's. */
export interface RevokeTarget {
  readonly userId?: string;
  readonly connectionId?: string;
  readonly channel: ChannelTarget;
}

/** Whose subscriptions pass gate 2 again; everything that is left out is not looked at. */
export interface RecheckTarget {
  readonly userId?: string;
  readonly channel?: ChannelTarget;
}

/** One node of a realtime service. Features use the broadcaster and the registry; the app serves and closes it. */
export interface Realtime {
  readonly registry: IRealtimeHandlerRegistry;
  readonly broadcaster: IRealtimeBroadcaster;
  /** Accepts a transport's clients; call once per transport. Rejects where the broker cannot be joined. */
  serve(server: IRealtimeServer): Promise<void>;
  /** Ends connections. Resolves when no node will send them one more message; `givenUp` names nodes that are cut off, and deliver nothing. */
  expel(target: ExpelTarget): Promise<CommandOutcome>;
  /** Ends subscriptions. Resolves when no node will send one more message of the channel to them. Throws where the name matches no channel. */
  revoke(target: RevokeTarget): Promise<CommandOutcome>;
  /** Runs gate 2 again for open subscriptions; where it refuses, they end with the reason. */
  recheck(target?: RecheckTarget): Promise<CommandOutcome>;
  /** Runs the authenticator again with the stored handshake, then gate 2: a removed role closes what it had opened. */
  reauthenticate(target: { readonly userId: string }): Promise<CommandOutcome>;
  /** The open connections of this node. */
  connections(): readonly ListedConnection[];
  /** The channels with subscribers on this node, by template. */
  census(): readonly ChannelCensus[];
  /** Refuses new connections, announces the end, closes in batches, finishes handlers, ends the transports. */
  close(options?: DrainOptions): Promise<void>;
}

/**
 * Wires one node.
 * @example
 * const realtime = createRealtime({ authenticator });
 * realtime.registry.registerChannel(ping);
 * await realtime.serve(new SocketIORealtimeServer({ httpServer }));
 * await realtime.broadcaster.broadcast(ping, { at: Date.now() });
 */
export function createRealtime(options: RealtimeOptions): Realtime {
  const clock = options.clock ?? systemClock;
  const limits = withDefaults(options.limits);
  const observer = new Observers(options.observers ?? []);
  const registry = options.registry ?? new RealtimeHandlerRegistry();
  const history = options.history ?? new InMemoryHistory({ clock });
  const broker = options.broker ?? new InProcessBroker();
  const { origins, proxies } = options;
  const { limitGuards, ...protection } = createProtection({ origins, proxies, clock, limits });
  const deadlines = new DeadlineQueue(clock);
  const guards = new Guards([...limitGuards, ...(options.guards ?? [])], observer);
  const sessions = new SessionTable();
  const leases = new Leases(clock, limits.expiryWarningMs);
  const channels = new ChannelTable(observer, (channel) => sequence.forget(channel));
  const sequence = new ChannelSequence({ history, observer, clock });
  const servers = new Set<IRealtimeServer>();
  const { authenticator } = options;
  const node = new RealtimeNode({
    registry,
    observer,
    guards,
    clock,
    deadlines,
    limits,
    authenticator,
    sessions,
    leases,
    channels,
    sequence,
  });
  const membership = new NodeMembership(broker, node);
  const traceparent = options.traceparent ?? (() => undefined);
  const publish = (envelope: SealedEnvelope) => membership.publish(envelope);
  const isIsolated = () => node.isIsolated;
  const broadcaster = new RealtimeBroadcaster({
    registry,
    history,
    publish,
    isIsolated,
    observer,
    clock,
    limits,
    traceparent,
  });
  const gateway = new RealtimeGateway({
    authenticator,
    registry,
    history,
    guards,
    observer,
    sessions,
    leases,
    channels,
    sequence,
    clock,
    deadlines,
    limits,
    isIsolated,
    publish: (address, publication) => broadcaster.publish(address, publication),
    direct: directSend({ channels, clock, limits }),
    replies: new ReplyCache(clock, limits),
    ...protection,
  });
  channels.connect(membership);
  const unwatch = registry.watch(() => node.onRegistryChange());
  const command = (order: RealtimeCommand) => membership.command(order);

  return {
    registry,
    broadcaster,
    async serve(server) {
      await membership.joined(); // before anyone is let in: a message published meanwhile must reach the first subscriber
      servers.add(server);
      await server.serve(gateway.of(server));
    },
    async expel({ userId, sessionId }) {
      if (userId === undefined && sessionId === undefined)
        throw new TypeError("expel: name a userId or a sessionId; without either it would end every connection.");
      return command({ kind: "expel", userId, sessionId });
    },
    async revoke({ userId, connectionId, channel }) {
      const order = { kind: "revoke", userId, connectionId, ...channelTarget(channel, registry) } as const;
      if (connectionId === undefined || !sessions.ofConnection(connectionId)) return command(order);
      await node.onCommand(order); // the connection is here: no other node has anything to do
      return { nodes: 1, givenUp: [] };
    },
    recheck: async ({ userId, channel } = {}) =>
      command({ kind: "recheck", userId, ...(channel !== undefined && channelTarget(channel, registry)) }),
    reauthenticate: async ({ userId }) => command({ kind: "reauthenticate", userId }),
    connections: () => gateway.connections(),
    census: () => channels.census(),
    async close(drain = {}) {
      for (const server of servers) server.refuseNew();
      await drainSessions({ gateway, sessions, clock }, drain);
      await Promise.all([...servers].map((server) => server.close()));
      unwatch();
      await membership.leave();
      leases.close();
      sequence.close();
      if (!options.broker) await broker.close(); // what the app passed in, other nodes may share: it is the app's to close
      if (!options.history) await history.close();
    },
  };
}
