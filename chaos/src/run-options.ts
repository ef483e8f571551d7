import type { Sabotage } from "./chaos-node";
import type { ChaosTransport } from "./chaos-transport";

/** One run. */
export interface RunOptions {
  readonly transport: ChaosTransport;
  readonly seed: number;
  readonly seconds: number;
  /** The mean pause between two faults. */
  readonly faultEveryMs?: number;
  readonly sabotage?: Sabotage;
}
