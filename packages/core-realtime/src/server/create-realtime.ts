import type { ChannelAddress } from "../channel/channel-address.js";
import { addressOf } from "../channel/channel-address.js";
import type { Clock } from "../seams/clock.js";
import { InProcessBroker } from "../seams/in-process-broker.js";
import type { IRealtimeAuthenticator } from "../seams/authenticator.seam.js";
import type { IRealtimeBroadcaster } from "../seams/broadcaster.seam.js";
import type { IRealtimeBroker } from "../seams/broker.seam.js";
import type { RealtimeChannel } from "../channel/realtime-channel.js";
import type { IRealtimeGuard } from "../seams/guard.seam.js";
import type { IRealtimeHandlerRegistry } from "../seams/handler-registry.seam.js";
import type { IRealtimeHistory } from "../seams/history.seam.js";
import type { IRealtimeObserver } from "../seams/observer.seam.js";
import type { IRealtimeServer } from "../seams/server.seam.js";
import { AbuseLedger } from "./limits/abuse-ledger.js";
import { drainSessions, type DrainOptions } from "./session/drain.js";
import { Guards } from "./gates/guards.js";
import { InMemoryHistory } from "./history/in-memory-history.js";
import { Leases } from "./session/leases.js";
import { withDefaults, type RealtimeLimits } from "./limits/limits.js";
import { Observers } from "./observers.js";
import { createOriginPolicy, type AllowedOrigins } from "./limits/origin-policy.js";
import { Proxies } from "./limits/proxies.js";
import { RateLimitGuard } from "./limits/rate-limit.guard.js";
import { RealtimeError } from "../wire/realtime-error.js";
import { RealtimeBroadcaster } from "./delivery/realtime-broadcaster.js";
import { RealtimeGateway } from "./session/realtime-gateway.js";
import { RealtimeHandlerRegistry } from "./realtime-handler-registry.js";
import { RealtimeNode } from "./delivery/realtime-node.js";
import { ReplyCache } from "./session/reply-cache.js";
import { SessionTable } from "./session/session-table.js";
import { subscriptionLimitGuard } from "./limits/subscription-limit.guard.js";
import { systemClock } from "./system-clock.js";

/** What an app decides. Only the authenticator has no default. */
export interface RealtimeOptions {
  readonly authenticator: IRealtimeAuthenticator;
  /** Pages that may connect; default `"same-origin"`. */
  readonly origins?: AllowedOrigins;
  readonly guards?: readonly IRealtimeGuard[];
  readonly observers?: readonly IRealtimeObserver[];
  /** How nodes hear each other; default: this process alone. */
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

/** Whom to put out: every connection of a user, or of one sign-in. */
export type ExpelTarget =
  { readonly userId: string; readonly sessionId?: string } | { readonly userId?: string; readonly sessionId: string };

/** Whose access ends: a user's, one connection's; without either, everybody's. */
export interface RevokeTarget {
  readonly userId?: string;
  readonly connectionId?: string;
  readonly channel: RealtimeChannel | ChannelAddress | string;
}

/** One node of a realtime service: what features speak and answer through, and what the app serves and ends. */
export interface Realtime {
  readonly registry: IRealtimeHandlerRegistry;
  readonly broadcaster: IRealtimeBroadcaster;
  /** Lets a transport's clients in; call once per transport. */
  serve(server: IRealtimeServer): Promise<void>;
  /** Resolves when no node will send these connections one more message. */
  expel(target: ExpelTarget): Promise<void>;
  /** Resolves when no node will send one more message of this channel to them. */
  revoke(target: RevokeTarget): Promise<void>;
  /** Refuses newcomers, tells clients, closes them in batches, finishes handlers, ends the transports. */
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
  const guards = new Guards([
    new RateLimitGuard(clock, limits),
    subscriptionLimitGuard(limits.maxSubscriptions),
    ...(options.guards ?? []),
  ]);
  const sessions = new SessionTable();
  const leases = new Leases(clock, limits.expiryWarningMs);
  const servers = new Set<IRealtimeServer>();
  const gateway = new RealtimeGateway({
    authenticator: options.authenticator,
    registry,
    history,
    guards,
    observer,
    sessions,
    leases,
    clock,
    limits,
    replies: new ReplyCache(clock, limits.replyCacheMs),
    abuse: new AbuseLedger(clock, limits.maxViolations, new Proxies(options.proxies)),
    originPolicy: createOriginPolicy(options.origins ?? "same-origin"),
  });
  const traceparent = options.traceparent ?? (() => undefined);
  const broadcaster = new RealtimeBroadcaster({ registry, history, broker, observer, clock, limits, traceparent });
  const listening = Promise.resolve(broker.listen(new RealtimeNode({ registry, sessions, leases, servers })));

  return {
    registry,
    broadcaster,
    async serve(server) {
      await listening; // before anyone is let in: a message published meanwhile must reach the first subscriber
      servers.add(server);
      await server.serve(gateway);
    },
    async expel({ userId, sessionId }) {
      if (userId === undefined && sessionId === undefined)
        throw new TypeError("expel: say whom, by userId or sessionId; neither would be everybody.");
      await broker.command({ kind: "expel", userId, sessionId });
    },
    async revoke({ userId, connectionId, channel }) {
      const name = typeof channel === "string" ? channel : addressOf(channel).name;
      const local = connectionId === undefined ? undefined : sessions.ofConnection(connectionId);
      if (!local) return broker.command({ kind: "revoke", userId, connectionId, channel: name });
      if (userId === undefined || local.user?.userId === userId) local.lapse(name, new RealtimeError("REVOKED")); // it is here: no other node has anything to do
    },
    async close(drain = {}) {
      for (const server of servers) server.refuseNew();
      await drainSessions({ gateway, sessions, clock }, drain);
      await Promise.all([...servers].map((server) => server.close()));
      (await listening)();
      leases.close();
      if (!options.broker) await broker.close(); // what the app handed in, other nodes may share: it is the app's to close
      if (!options.history) await history.close();
    },
  };
}
