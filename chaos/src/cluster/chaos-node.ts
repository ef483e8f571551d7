import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as passed } from "node:timers/promises";
import {
  RealtimeError,
  type IRealtimeGuard,
  type IRealtimeHistory,
  type RealtimeObservation,
} from "@repo/core-realtime";
import { createRealtime, relay, systemClock, type Realtime } from "@repo/core-realtime/server";
import { byToken } from "@repo/core-testing";
import { createPresence, type IPresenceStore } from "@repo/realtime-presence";
import type { ChaosTransport } from "../chaos-transport";
import type { Outages } from "../checker/outages";
import type { Sabotage } from "../sabotage/sabotage";
import { REVOKED_USER, INTRUDER, RECEIVERS, SENDERS } from "./client-identities";
import type { NodeParts } from "./chaos-brokers";
import { brief, fleeting, hall, membersOnly, membersOnlyPresence } from "./chaos-channels";

const GRACE_MS = 300; // in a run, clients come back within that or are cut again
const ISOLATED_PAUSE_MS = 100;
const TICK_MS = 5; // so that a run sees many changes that are not one

/** What all nodes of a cluster share. */
export interface SharedByNodes {
  readonly transport: ChaosTransport;
  readonly history: IRealtimeHistory;
  readonly presenceStore: IPresenceStore;
  /** Users whose right to the members-only channel was revoked. */
  readonly banned: ReadonlySet<string>;
  /** When what the nodes share was away. */
  readonly outages: Outages;
  readonly sabotage: Sabotage;
}

/** What one node has of its own. */
export interface NodeIdentity {
  readonly name: string;
  readonly parts: NodeParts;
}

/** One node on a port of its own. */
export class ChaosNode {
  /** The publisher's name of what this node publishes itself. */
  readonly name: string;
  readonly realtime: Realtime;
  readonly #outages: Outages;
  readonly #httpServer: Server = createServer();
  readonly #endings = new Map<string, number>();
  readonly #leavePresence: () => Promise<void>;
  #isIsolated = false;

  private constructor(shared: SharedByNodes, { name, parts }: NodeIdentity) {
    const { banned, outages, sabotage } = shared;
    const { presenceStore, guards = [], ...ownParts } = parts;
    const bans: IRealtimeGuard = {
      subscribe: ({ user, address }) => {
        if (address.channel === membersOnly && user && banned.has(user.userId)) throw new RealtimeError("UNAUTHORIZED");
      },
    };
    const presence = createPresence({
      channels: [membersOnlyPresence],
      store: presenceStore ?? shared.presenceStore,
      graceMs: GRACE_MS,
      tickMs: TICK_MS,
      clock: systemClock,
      nodeId: name,
      onError: (cause) => this.#failed(cause),
    });
    this.name = name;
    this.#outages = outages;
    this.realtime = createRealtime({
      authenticator: byToken(usersByToken()),
      history: shared.history,
      ...ownParts,
      guards: [...guards, bans, ...(sabotage.showsMembersToAll ? [] : [presence.guard])],
      observers: [presence.observer, { observe: (observation) => this.#note(observation) }],
      limits: {
        pingMs: 1_500, // so that a run sees many silent ends noticed
        pongMs: 1_000,
        maxBufferedBytes: 256 * 1024, // so that a stalled connection fills within a run
        maxBroadcastBytes: 128 * 1024,
        messagesPerSecond: 200, // a resend after an outage is a burst; limits are not what this suite is about
        framesPerSecond: 500,
        ...(sabotage.forgetsIds && { replyCacheMs: 0.001 }),
      },
    });
    this.#register(sabotage);
    this.#leavePresence = presence.bind(this.realtime);
  }

  /** Opens a node on a free port of this machine. */
  static async open(shared: SharedByNodes, identity: NodeIdentity): Promise<ChaosNode> {
    const node = new ChaosNode(shared, identity);
    const original = shared.transport.serverOn(node.#httpServer);
    await node.realtime.serve(shared.sabotage.transport?.(original) ?? original);
    await once(node.#httpServer.listen(0, "127.0.0.1"), "listening");
    return node;
  }

  get port(): number {
    return (this.#httpServer.address() as AddressInfo).port; // a string only where it listens on a pipe
  }

  /** Repeated, as an operator would, where the node is cut off: it cannot tell which nodes have carried it out. */
  async revoke(target: Parameters<Realtime["revoke"]>[0]): Promise<void> {
    for (;;)
      try {
        return void (await this.realtime.revoke(target));
      } catch (cause) {
        if (!this.#isExcused) throw cause;
        await passed(ISOLATED_PAUSE_MS);
      }
  }

  /** Connections that ended, by reason. */
  get endings(): ReadonlyMap<string, number> {
    return this.#endings;
  }

  async close(): Promise<void> {
    await this.#leavePresence();
    await this.realtime.close({ drainMs: 1 });
    this.#httpServer.closeAllConnections();
    this.#httpServer.close();
  }

  #register({ forgetsIds }: Sabotage): void {
    const { registry, broadcaster } = this.realtime;
    for (const channel of [hall, membersOnly])
      registry.register(
        channel,
        forgetsIds ? ({ address, payload }) => broadcaster.broadcast(address, payload) : relay(channel, broadcaster),
      );
    for (const channel of [brief, fleeting]) registry.registerChannel(channel);
  }

  /** A failure inside is a failure of the run, but for what a node cannot do while it is cut off from the others, or without its database. */
  #failed(cause: unknown): void {
    if (!this.#isExcused) throw cause;
  }

  get #isExcused(): boolean {
    return this.#isIsolated || this.#outages.covers(performance.now());
  }

  #note(observation: RealtimeObservation): void {
    if (observation.kind === "isolated") this.#isIsolated = true;
    if (observation.kind === "rejoined") this.#isIsolated = false;
    if (observation.kind === "failed") this.#failed(observation.cause);
    if (observation.kind !== "disconnected") return;
    this.#endings.set(observation.reason, (this.#endings.get(observation.reason) ?? 0) + 1);
  }
}

function usersByToken() {
  const members = [...SENDERS, ...RECEIVERS, REVOKED_USER];
  return Object.fromEntries([
    ...members.map((userId) => [userId, { userId, roles: ["member"] }] as const),
    [INTRUDER, { userId: INTRUDER, roles: [] }],
  ]);
}
