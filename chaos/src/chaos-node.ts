import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  RealtimeError,
  type IRealtimeGuard,
  type IRealtimeHistory,
  type IRealtimeServer,
  type RealtimeObservation,
} from "@repo/core-realtime";
import { createRealtime, InMemoryHistory, relay, systemClock, type Realtime } from "@repo/core-realtime/server";
import { byToken } from "@repo/core-testing";
import type { Random } from "@repo/core-testing/chaos";
import { createPresence, InMemoryPresenceStore, type IPresenceStore } from "@repo/realtime-presence";
import { brief, fleeting, hall, vault, vaultPresence } from "./chaos-channels";
import { FALLEN, INTRUDER, LISTENERS, SPEAKERS } from "./cast";
import type { ChaosTransport } from "./chaos-transport";
import { slowHistory } from "./slow-history";
import { slowPresenceStore } from "./slow-presence-store";

const GRACE_MS = 300; // in a run, people come back within that or are cut again
const TICK_MS = 5; // so that a run sees many changes that are not one

/** What a test spoils, to see it noticed. */
export interface Sabotage {
  readonly history?: () => IRealtimeHistory;
  readonly transport?: (honest: IRealtimeServer) => IRealtimeServer;
  /** Client messages are said as often as they come. */
  readonly forgetsIds?: boolean;
  readonly presenceStore?: () => IPresenceStore;
  /** Whoever passes gate 2 may watch who is there, and for as long as they like. */
  readonly showsMembersToAll?: boolean;
}

/** One node on a port, with people to let in and one to put out. */
export class ChaosNode {
  readonly realtime: Realtime;
  readonly #httpServer: Server = createServer();
  readonly #banned = new Set<string>();
  readonly #endings = new Map<string, number>();
  readonly #leave: () => Promise<void>;

  private constructor(sabotage: Sabotage, random: Random) {
    const history = sabotage.history?.() ?? new InMemoryHistory();
    const bans: IRealtimeGuard = {
      subscribe: ({ user, address }) => {
        if (address.channel === vault && user && this.#banned.has(user.userId)) throw new RealtimeError("UNAUTHORIZED");
      },
    };
    const presence = createPresence({
      channels: [vaultPresence],
      store: slowPresenceStore(sabotage.presenceStore?.() ?? new InMemoryPresenceStore(), random),
      graceMs: GRACE_MS,
      tickMs: TICK_MS,
      clock: systemClock,
      nodeId: "chaos",
      onError: fail,
    });
    this.realtime = createRealtime({
      authenticator: byToken(people()),
      guards: sabotage.showsMembersToAll ? [bans] : [bans, presence.guard],
      observers: [presence.observer, { observe: (observation) => this.#note(observation) }],
      history: slowHistory(history, random),
      limits: {
        pingMs: 1_500, // so that a run sees many silent ends noticed
        pongMs: 1_000,
        maxBufferedBytes: 256 * 1024, // so that a stalled line fills within a run
        maxBroadcastBytes: 128 * 1024,
        messagesPerSecond: 200, // a resend after an outage is a burst; limits are not what this suite is about
        framesPerSecond: 500,
        ...(sabotage.forgetsIds && { replyCacheMs: 0.001 }),
      },
    });
    const { registry, broadcaster } = this.realtime;
    for (const channel of [hall, vault])
      registry.register(
        channel,
        sabotage.forgetsIds
          ? ({ address, payload }) => broadcaster.broadcast(address, payload)
          : relay(channel, broadcaster),
      );
    for (const channel of [brief, fleeting]) registry.registerChannel(channel);
    this.#leave = presence.bind(this.realtime);
  }

  /** Opens a node on a free port of this machine. */
  static async open(transport: ChaosTransport, random: Random, sabotage: Sabotage = {}): Promise<ChaosNode> {
    const node = new ChaosNode(sabotage, random);
    const honest = transport.serverOn(node.#httpServer);
    await node.realtime.serve(sabotage.transport?.(honest) ?? honest);
    await once(node.#httpServer.listen(0, "127.0.0.1"), "listening");
    return node;
  }

  get port(): number {
    return (this.#httpServer.address() as AddressInfo).port; // a string only where it listens on a pipe
  }

  /** Connections that ended, by reason. */
  get endings(): ReadonlyMap<string, number> {
    return this.#endings;
  }

  /** Takes the vault away from a user, for good: resolves when nothing more will reach them. */
  async ban(userId: string): Promise<void> {
    this.#banned.add(userId);
    await this.realtime.revoke({ userId, channel: vault.name });
  }

  async close(): Promise<void> {
    await this.#leave();
    await this.realtime.close({ drainMs: 1 });
    this.#httpServer.closeAllConnections();
    this.#httpServer.close();
  }

  #note(observation: RealtimeObservation): void {
    if (observation.kind === "failed") fail(observation.cause);
    if (observation.kind !== "disconnected") return;
    this.#endings.set(observation.reason, (this.#endings.get(observation.reason) ?? 0) + 1);
  }
}

/** A failure inside is a failure of the run. */
function fail(cause: unknown): never {
  throw cause;
}

function people() {
  const members = [...SPEAKERS, ...LISTENERS, FALLEN];
  return Object.fromEntries([
    ...members.map((userId) => [userId, { userId, roles: ["member"] }] as const),
    [INTRUDER, { userId: INTRUDER, roles: [] }],
  ]);
}
