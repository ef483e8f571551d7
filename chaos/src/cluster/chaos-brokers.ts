import { InProcessBroker, type IRealtimeBroker } from "@repo/core-realtime";
import type { Random } from "../network/random";

/** What the nodes of a run communicate over, and the faults of it. */
export interface ChaosBrokers {
  /** The broker of one node, counted from 0; nodes may share one object. */
  brokerOf(node: number): IRealtimeBroker;
  /** Ends every fault: from then on messages between nodes arrive as promised. */
  heal(): void;
  /** How often it failed, by kind of fault. */
  readonly faults: ReadonlyMap<string, number>;
  close(): Promise<void> | void;
}

/** Makes the brokers of one run; all its chance comes from `random`. */
export type MakeChaosBrokers = (random: Random) => ChaosBrokers;

/** Nodes of one process over one broker that never fails. */
export const inProcessBrokers: MakeChaosBrokers = () => {
  const broker = new InProcessBroker();
  return { brokerOf: () => broker, heal: () => undefined, faults: new Map(), close: () => broker.close() };
};
