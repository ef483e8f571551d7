/** Times of a cluster, in milliseconds. The same on every node. */
export interface ClusterTiming {
  /** Between heartbeats. A lost envelope is reported within four of them. */
  readonly heartbeatMs: number;
  /** How long an envelope may come late, after one that was published later. 0 where the carrier keeps the order. */
  readonly reorderMs: number;
  /** A node isolates itself when, for so long, its heartbeats have not come back to it, or another node has not received them. */
  readonly isolatedAfterMs: number;
  /** A node is given up when, for so long, no other node has received its heartbeats. Longer than `isolatedAfterMs`. */
  readonly giveUpAfterMs: number;
  /** `join` rejects after it. */
  readonly joinTimeoutMs: number;
  /** A command rejects after it, where a node that is there has not confirmed. */
  readonly commandTimeoutMs: number;
}

/** The settings of a cluster over a publish/subscribe carrier. */
export interface ClusterSettings extends ClusterTiming {
  /** The beginning of every topic's name. */
  readonly prefix: string;
  /** Topics that the channels are spread over. The same on every node. */
  readonly shards: number;
  /**
   * Nodes, itself included, that must receive a node's heartbeats; with fewer it isolates itself. A majority of the nodes keeps a
   * carrier from splitting the cluster that can itself be split, such as a cluster of servers. 1: never.
   */
  readonly quorum: number;
}

const DEFAULTS: ClusterSettings = {
  prefix: "fourgate",
  shards: 256, // a heartbeat names at most so many numbers: some 3 kB
  quorum: 1,
  heartbeatMs: 500,
  reorderMs: 100,
  isolatedAfterMs: 2_500, // four heartbeats in a row may be lost
  giveUpAfterMs: 3_500,
  joinTimeoutMs: 15_000,
  commandTimeoutMs: 30_000,
};

/** Nodes that one may know: more are refused. */
export const MAX_NODES = 256;

export function clusterSettings(options: Partial<ClusterSettings>): ClusterSettings {
  const settings = { ...DEFAULTS, ...options };
  const { heartbeatMs, isolatedAfterMs, giveUpAfterMs, joinTimeoutMs, shards, quorum } = settings;
  if (isolatedAfterMs < 3 * heartbeatMs)
    throw new TypeError(`isolatedAfterMs (${isolatedAfterMs}) must be 3 × heartbeatMs (${heartbeatMs}) at least.`);
  if (giveUpAfterMs < isolatedAfterMs + 2 * heartbeatMs)
    throw new TypeError(
      `giveUpAfterMs (${giveUpAfterMs}) must be isolatedAfterMs + 2 × heartbeatMs (${isolatedAfterMs + 2 * heartbeatMs}) at least: a node must have isolated itself before it is given up.`,
    );
  const longestJoinMs = isolatedAfterMs + giveUpAfterMs + 2 * heartbeatMs;
  if (joinTimeoutMs < longestJoinMs)
    throw new TypeError(
      `joinTimeoutMs (${joinTimeoutMs}) must be isolatedAfterMs + giveUpAfterMs + 2 × heartbeatMs (${longestJoinMs}) at least: a node that joins waits until a node that has just died is given up.`,
    );
  if (!Number.isInteger(shards) || shards < 1 || shards > 4_096)
    throw new TypeError(`shards (${shards}) must be a whole number from 1 to 4096.`);
  if (!Number.isInteger(quorum) || quorum < 1 || quorum > MAX_NODES)
    throw new TypeError(`quorum (${quorum}) must be a whole number from 1 to ${MAX_NODES}.`);
  return settings;
}

/** The settings that two nodes compare: their time-outs and topics must be the same. */
export function fingerprintOf(settings: ClusterSettings): string {
  const { shards, heartbeatMs, reorderMs, isolatedAfterMs, giveUpAfterMs, quorum } = settings;
  return `shards ${shards}, quorum ${quorum}, ms ${heartbeatMs}/${reorderMs}/${isolatedAfterMs}/${giveUpAfterMs}`;
}
