import type { ChaosTransport } from "../chaos-transport";

/** How much is put into a measurement: enough for a test in CI, or as much as the bound requires. */
export type Scale = "short" | "full";

/** One row: what was measured, beside what it must hold to. */
export interface Finding {
  readonly figure: string;
  readonly bound: string;
  readonly measured: string;
  readonly isMet: boolean;
}

/** Measures one or more figures over one transport. */
export type Figure = (transport: ChaosTransport, scale: Scale) => Promise<readonly Finding[]>;
