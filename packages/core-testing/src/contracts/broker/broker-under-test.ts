import type { IRealtimeBroker } from "@repo/core-realtime";

/** The network between the nodes, as a test disturbs it. Each returns the undo. */
export interface BrokerFaults {
  /** Loses every envelope on its way to this node. Whatever else the broker sends is carried. */
  loseEnvelopes(nodeId: string): () => void;
  /** Cuts a node off: `in`, it receives nothing; `out`, nothing of it is received. */
  cut(nodeId: string, direction: "in" | "out" | "both"): () => void;
  /** Loses, repeats, delays and reorders everything at random. */
  disturb(): () => void;
}

/** A cluster, as `brokerContract` meets it. */
export interface BrokerUnderTest {
  /** The broker of one more node, which joins it under this id. Where nodes share one object, that object. */
  open(nodeId: string): Promise<IRealtimeBroker> | IRealtimeBroker;
  /** Lets so much time pass, as the broker sees time. */
  pass(ms: number): Promise<void> | void;
  /** `none`: its nodes share one process, so nothing can be lost and no node cut off; the suite proves it. */
  readonly faults: BrokerFaults | "none";
  /** Ends what `open` opened besides the brokers, which the suite closes itself. */
  close(): Promise<void> | void;
}

/** Makes a fresh cluster for each case; two of them must not reach each other. The seed varies what is random. */
export type MakeBroker = (seed: number) => Promise<BrokerUnderTest> | BrokerUnderTest;
