import { InMemoryHistory } from "@repo/core-realtime/server";
import { InMemoryPresenceStore } from "@repo/realtime-presence";
import type { ChaosTransport } from "../chaos-transport";
import type { Outages } from "../checker/outages";
import type { Random } from "../network/random";
import type { Sabotage } from "../sabotage/sabotage";
import { inProcessBrokers, type ChaosBrokers, type MakeChaosBrokers } from "./chaos-brokers";
import { membersOnly } from "./chaos-channels";
import { ChaosNode } from "./chaos-node";
import { slowHistory } from "./slow-history";
import { slowPresenceStore } from "./slow-presence-store";

/** How a cluster is set up. */
export interface ClusterOptions {
  readonly transport: ChaosTransport;
  readonly random: Random;
  /** How many nodes; default 1. */
  readonly nodes?: number | undefined;
  /** What they communicate over; default: one broker in this process, which never fails. */
  readonly brokers?: MakeChaosBrokers | undefined;
  readonly sabotage?: Sabotage | undefined;
}

/** Nodes that share one history, one presence store and a broker. */
export class ChaosCluster {
  readonly nodes: readonly ChaosNode[];
  readonly #brokers: ChaosBrokers;
  readonly #banned: Set<string>;

  private constructor(nodes: readonly ChaosNode[], brokers: ChaosBrokers, banned: Set<string>) {
    this.nodes = nodes;
    this.#brokers = brokers;
    this.#banned = banned;
  }

  /** Opens the nodes, each on a free port of this machine. */
  static async open({ transport, random, nodes = 1, brokers, sabotage = {} }: ClusterOptions): Promise<ChaosCluster> {
    const banned = new Set<string>();
    const between = await (brokers ?? inProcessBrokers)(random);
    const shared = {
      transport,
      sabotage,
      banned,
      outages: between.outages,
      history: slowHistory(sabotage.history?.() ?? new InMemoryHistory(), random),
      presenceStore: slowPresenceStore(sabotage.presenceStore?.() ?? new InMemoryPresenceStore(), random),
    };
    const opened: ChaosNode[] = [];
    for (let n = 0; n < nodes; n += 1)
      opened.push(await ChaosNode.open(shared, { name: `node-${n}`, parts: between.partsOf(n) }));
    return new ChaosCluster(opened, between, banned);
  }

  /** Connections that ended on all nodes, by reason. */
  get endings(): ReadonlyMap<string, number> {
    const sum = new Map<string, number>();
    for (const { endings } of this.nodes)
      for (const [reason, count] of endings) sum.set(reason, (sum.get(reason) ?? 0) + count);
    return sum;
  }

  /** Faults of the broker, by kind. */
  get brokerFaults(): ReadonlyMap<string, number> {
    return this.#brokers.faults;
  }

  /** Revokes a user's right to the members-only channel, for good: resolves when no node will send them more. */
  async ban(userId: string): Promise<void> {
    this.#banned.add(userId);
    await this.nodes[0]?.revoke({ userId, channel: membersOnly.name });
  }

  /** When the database of the nodes was away. */
  get outages(): Outages {
    return this.#brokers.outages;
  }

  /** For so long no list of members can change. */
  get longestOutageMs(): number {
    return this.#brokers.longestOutageMs;
  }

  /** What the nodes communicate over begins to fail. */
  disturb(): void {
    this.#brokers.disturb();
  }

  /** The broker works as promised from now on. */
  async heal(): Promise<void> {
    await this.#brokers.heal();
  }

  async close(): Promise<void> {
    for (const node of this.nodes) await node.close();
    await this.#brokers.close();
  }
}
