import type { Clock } from "../seams/clock.js";
import type { IRealtimeObserver, RealtimeObservation } from "../seams/observer.seam.js";
import { TokenBucket } from "./limits/token-bucket.js";

const LINES = { perSecond: 1, burst: 20 }; // a client can make a handler fail as often as it likes

/** Writes a line; `console.error` by default. */
export type WriteLine = (...line: readonly unknown[]) => void;

/**
 * The observers, and beside them the failure log where none of them observes failures: a handler that throws would otherwise show
 * nothing on the server.
 */
export function withFailureLog(
  observers: readonly IRealtimeObserver[],
  clock: Clock,
  write?: WriteLine,
): readonly IRealtimeObserver[] {
  const isObserved = observers.some(({ kinds }) => kinds === undefined || kinds.includes("failed"));
  return isObserved ? observers : [...observers, new FailureLog(clock, write)];
}

/** What fails on the server, and pages of origins that are not allowed, on the console; after a burst of 20 lines one a second. */
class FailureLog implements IRealtimeObserver {
  readonly kinds = ["failed", "refused"] as const;
  readonly #clock: Clock;
  readonly #write: WriteLine;
  readonly #lines: TokenBucket;
  #skipped = 0;

  constructor(clock: Clock, write: WriteLine = console.error) {
    this.#clock = clock;
    this.#write = write;
    this.#lines = new TokenBucket(LINES, clock.monotonic());
  }

  observe(observation: RealtimeObservation): void {
    const line = lineOf(observation);
    if (!line) return;
    if (this.#lines.take(this.#clock.monotonic()) > 0) {
      this.#skipped += 1;
      return;
    }
    const skipped = this.#skipped > 0 ? ` (${this.#skipped} more were not written)` : "";
    this.#skipped = 0;
    this.#write(`realtime: ${line.sentence}${skipped}`, ...line.rest);
  }
}

interface Line {
  readonly sentence: string;
  readonly rest: readonly unknown[];
}

function lineOf(observation: RealtimeObservation): Line | undefined {
  if (observation.kind === "failed") {
    const { where, channel, cause } = observation;
    return { sentence: `${where} failed${channel === undefined ? "." : ` on ${channel}.`}`, rest: [cause] };
  }
  if (observation.kind !== "refused" || observation.error.code !== "ORIGIN_REFUSED") return undefined;
  const { detail } = observation.error;
  if (detail === undefined) return { sentence: "Refused a request of a foreign page that shows no Origin.", rest: [] };
  const origin = JSON.stringify(detail.slice(0, 200)); // the client chose it
  return { sentence: `Refused origin ${origin}. Allow it with createRealtime({ origins: [${origin}] }).`, rest: [] };
}
