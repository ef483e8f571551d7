import type { Clock } from "../../seams/clock.js";
import type { IRealtimeObserver, RealtimeObservation } from "../../seams/observer.seam.js";
import { TokenBucket } from "../limits/token-bucket.js";
import { failureLine, originLine, type KnownChannels, type LogLine } from "./log-line.js";
import type { WriteLine } from "./log-writer.js";

const LINES = { perSecond: 1, burst: 20 }; // a client can make a handler fail as often as it likes

/** What a log works with. */
export interface LogDeps {
  readonly clock: Clock;
  readonly channels: KnownChannels;
  readonly write: WriteLine;
}

/** The log of production: what fails on the server, and pages of origins that are not allowed; after a burst of 20 lines one a second. */
export class FailureLog implements IRealtimeObserver {
  readonly kinds = ["failed", "refused"] as const;
  readonly #deps: LogDeps;
  readonly #lines: TokenBucket;
  #skipped = 0;

  constructor(deps: LogDeps) {
    this.#deps = deps;
    this.#lines = new TokenBucket(LINES, deps.clock.monotonic());
  }

  observe(observation: RealtimeObservation): void {
    const line = this.#lineOf(observation);
    if (!line) return;
    if (this.#lines.take(this.#deps.clock.monotonic()) > 0) {
      this.#skipped += 1;
      return;
    }
    const skipped = this.#skipped > 0 ? ` (${this.#skipped} more were not written)` : "";
    this.#skipped = 0;
    this.#deps.write({ ...line, sentence: `${line.sentence}${skipped}` });
  }

  #lineOf(observation: RealtimeObservation): LogLine | undefined {
    if (observation.kind === "failed") return failureLine(observation, this.#deps.channels);
    return observation.kind === "refused" ? originLine(observation) : undefined;
  }
}
