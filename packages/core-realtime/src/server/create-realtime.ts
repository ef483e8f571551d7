import { addressOf } from "../channel/channel-address.js";
import type { RealtimeCommand } from "../seams/broker.seam.js";
import { InProcessBroker } from "../seams/in-process-broker.js";
import type { IRealtimeServer } from "../seams/server.seam.js";
import type { SealedEnvelope } from "../wire/sealed-envelope.js";
import { channelTarget } from "./channel-target.js";
import { ChannelSequence } from "./delivery/channel-sequence.js";
import { ChannelTable } from "./delivery/channel-table.js";
import { ChannelWatch } from "./delivery/channel-watch.js";
import { directSend, groupSend } from "./delivery/direct-send.js";
import { NodeMembership } from "./delivery/node-membership.js";
import { RealtimeBroadcaster } from "./delivery/realtime-broadcaster.js";
import { RealtimeNode } from "./delivery/realtime-node.js";
import { SharedInterest } from "./delivery/shared-interest.js";
import { Guards } from "./gates/guards.js";
import { InMemoryHistory } from "./history/in-memory-history.js";
import { DeadlineQueue } from "./gates/deadline-queue.js";
import { withDefaults } from "./limits/limits.js";
import { createProtection } from "./limits/protection.js";
import { withDefaultObservers } from "./log/default-observers.js";
import { Observers } from "./observers.js";
import type { Realtime, RealtimeOptions } from "./realtime.js";
import { RealtimeHandlerRegistry } from "./realtime-handler-registry.js";
import { drainSessions } from "./session/drain.js";
import { Leases } from "./session/leases.js";
import { RealtimeGateway } from "./session/realtime-gateway.js";
import { ReplyCache } from "./session/reply-cache.js";
import { SharedReplies } from "./session/shared-replies.js";
import { SessionTable } from "./session/session-table.js";
import { systemClock } from "./system-clock.js";

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
  const registry = options.registry ?? new RealtimeHandlerRegistry();
  const isAlone = options.broker === undefined;
  const log = withDefaultObservers(options, { clock, channels: registry, isAlone, below: createRealtime });
  const observer = new Observers(log.observers);
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
    watch: { notice: (name) => watch.notice(name), noticeAll: (names) => watch.noticeAll(names) },
  });
  const membership = new NodeMembership(broker, node);
  const traceparent = options.traceparent ?? (() => undefined);
  const publish = (envelope: SealedEnvelope) => membership.publish(envelope);
  const isIsolated = () => channels.isIsolated;
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
    toGroup: groupSend({ channels, sessions, clock, limits }),
    replies: new ReplyCache(clock, limits),
    sharedReplies: options.replies && new SharedReplies({ store: options.replies, observer, clock, deadlines, limits }),
    ...protection,
  });
  const interest = new SharedInterest(membership);
  const watch = new ChannelWatch(interest, observer);
  channels.connect(interest);
  const unwatch = registry.watch(() => node.onRegistryChange());
  const command = (order: RealtimeCommand) => membership.command(order);

  return {
    registry,
    broadcaster,
    async serve(server) {
      await membership.joined(); // before any client is admitted: a message published meanwhile must reach the first subscriber
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
    watch: (channel, onPublished) => watch.watch(addressOf(channel).name, onPublished),
    connections: () => gateway.connections(),
    census: () => channels.census(),
    async close(drain = {}) {
      for (const server of servers) server.refuseNew();
      await drainSessions({ gateway, sessions, clock }, drain);
      await Promise.all([...servers].map((server) => server.close()));
      unwatch();
      log.close();
      broadcaster.close();
      await membership.leave();
      leases.close();
      sequence.close();
      if (!options.broker) await broker.close(); // what the app passed in, other nodes may share: it is the app's to close
      if (!options.history) await history.close();
    },
  };
}
