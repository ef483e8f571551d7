import type { MakeChaosBrokers } from "./cluster/chaos-brokers";
import type { Sabotage } from "./sabotage/sabotage";
import type { ChaosTransport } from "./chaos-transport";
import type { ClientKind } from "./applications";

/** One run. */
export interface RunOptions {
  readonly transport: ChaosTransport;
  /** Default `"conforming"`. */
  readonly client?: ClientKind;
  /** How fast the library's client lives: at its own pace it waits nine seconds for a dead connection; default 3. */
  readonly timesFaster?: number;
  /** How many nodes share one history and a broker; default 1. */
  readonly nodes?: number;
  /** What the nodes communicate over; default: one broker in this process, which never fails. */
  readonly brokers?: MakeChaosBrokers;
  readonly seed: number;
  readonly seconds: number;
  /** The mean pause between two faults. */
  readonly faultEveryMs?: number;
  /** How long, after the last fault, everything may take to be well again; default 20 s. */
  readonly patienceMs?: number;
  /** How long a list of who is there may be false; default 8 s. */
  readonly presenceBoundMs?: number;
  readonly sabotage?: Sabotage;
}
