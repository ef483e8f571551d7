/** What the bench asks of a server process. */
export type Order =
  /** Publishes on every channel, `perRound` times at once, waits until everybody has it all, and again; for so long. */
  | {
      readonly kind: "rounds";
      readonly channels: number;
      readonly perRound: number;
      readonly bytes: number;
      readonly ms: number;
    }
  /** Publishes at a fixed rate on one channel, and tells the load client when. */
  | { readonly kind: "rate"; readonly everyMs: number; readonly count: number; readonly bytes: number }
  /** Publishes at a fixed rate and watches the memory; stops early beyond `capBytes`. */
  | {
      readonly kind: "flood";
      readonly everyMs: number;
      readonly ms: number;
      readonly bytes: number;
      readonly capBytes: number;
    }
  /** Begins to count CPU time; `spent` answers it. */
  | { readonly kind: "begin" }
  | { readonly kind: "spent" }
  /** Collects garbage, then weighs. */
  | { readonly kind: "weigh" };

/** What it answers. */
export interface Report {
  readonly cpuMicros?: number;
  readonly rounds?: number;
  readonly wallMs?: number;
  /** Bytes of the heap and of buffers outside it. */
  readonly heapBytes?: number;
  readonly rssBytes?: number;
  readonly peakRssBytes?: number;
}

/** What a server process says when it listens. */
export interface Listening {
  readonly port: number;
  readonly controlPort: number;
}
