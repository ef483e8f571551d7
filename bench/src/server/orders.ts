import type { ChannelKind } from "../channel-name.js";

/** What the bench requests of a server process. */
export type Order =
  /** Publishes on every channel, `perRound` times at once, waits until every client has it all, and again; until so much CPU time is spent. */
  | {
      readonly kind: "rounds";
      readonly channels: number;
      readonly channelKind?: ChannelKind;
      readonly perRound: number;
      readonly bytes: number;
      readonly cpuMs: number;
      /** Stops after so many rounds. */
      readonly maxRounds?: number;
    }
  /** Publishes at a fixed rate on one channel, and sends the load client the time of each. */
  | { readonly kind: "rate"; readonly everyMs: number; readonly count: number; readonly bytes: number }
  /** Publishes at a fixed rate and watches the memory; stops early beyond `capBytes`. */
  | {
      readonly kind: "flood";
      readonly everyMs: number;
      readonly ms: number;
      readonly bytes: number;
      readonly capBytes: number;
    }
  /** Starts to count CPU time; the reply to `spent` has it. */
  | { readonly kind: "begin" }
  | { readonly kind: "spent" }
  /** Collects garbage, then reads the memory. */
  | { readonly kind: "memory" }
  /** Records a CPU profile until `profiled`, which writes it to a file. */
  | { readonly kind: "profile" }
  | { readonly kind: "profiled"; readonly file: string };

/** The reply to an order. */
export interface Report {
  readonly cpuMicros?: number;
  /** The part of the CPU time that the kernel spent. */
  readonly systemMicros?: number;
  readonly rounds?: number;
  /** Bytes of the heap and of buffers outside it. */
  readonly heapBytes?: number;
  readonly rssBytes?: number;
  readonly peakRssBytes?: number;
}

/** What a server process sends when it listens. */
export interface Listening {
  readonly port: number;
  readonly controlPort: number;
}
