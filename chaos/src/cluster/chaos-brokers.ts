import {
  InProcessBroker,
  type IRealtimeBroker,
  type IRealtimeGuard,
  type IRealtimeHandlerRegistry,
  type IRealtimeHistory,
  type IReplyStore,
} from "@repo/core-realtime";
import type { IPresenceStore } from "@repo/realtime-presence";
import { Outages } from "../checker/outages";
import type { Random } from "../network/random";

/** What one node runs on. Left out: what the nodes of a run share in memory. */
export interface NodeParts {
  readonly broker: IRealtimeBroker;
  readonly registry?: IRealtimeHandlerRegistry;
  readonly guards?: readonly IRealtimeGuard[];
  readonly history?: IRealtimeHistory;
  readonly replies?: IReplyStore;
  readonly presenceStore?: IPresenceStore;
}

/** What the nodes of a run communicate over, and the faults of it. */
export interface ChaosBrokers {
  /** The parts of one node, counted from 0; nodes may share one object. */
  partsOf(node: number): NodeParts;
  /** Begins the faults that are not there from the start. */
  disturb(): void;
  /** Ends every fault: from then on messages between nodes arrive as promised. */
  heal(): Promise<void> | void;
  /** How often it failed, by kind of fault. */
  readonly faults: ReadonlyMap<string, number>;
  readonly outages: Outages;
  /** For so long no list of members can change. */
  readonly longestOutageMs: number;
  close(): Promise<void> | void;
}

/** Makes the brokers of one run; `random` is their only source of chance. */
export type MakeChaosBrokers = (random: Random) => Promise<ChaosBrokers> | ChaosBrokers;

/** Nodes of one process over one broker that never fails. */
export const inProcessBrokers: MakeChaosBrokers = () => {
  const broker = new InProcessBroker();
  return {
    partsOf: () => ({ broker }),
    disturb: () => undefined,
    heal: () => undefined,
    faults: new Map(),
    outages: new Outages(),
    longestOutageMs: 0,
    close: () => broker.close(),
  };
};
