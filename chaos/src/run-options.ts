import type { Sabotage } from "./chaos-node";
import type { ChaosTransport } from "./chaos-transport";
import type { ClientKind } from "./people";

/** One run. */
export interface RunOptions {
  readonly transport: ChaosTransport;
  /** Default `"lawful"`. */
  readonly client?: ClientKind;
  /** How fast the library's client lives: at its own pace it waits nine seconds for a dead line; default 3. */
  readonly timesFaster?: number;
  readonly seed: number;
  readonly seconds: number;
  /** The mean pause between two faults. */
  readonly faultEveryMs?: number;
  /** How long, after the last fault, everything may take to be well again; default 20 s. */
  readonly patienceMs?: number;
  /** How long a picture of who is there may be false; default 8 s. */
  readonly presenceBoundMs?: number;
  readonly sabotage?: Sabotage;
}
