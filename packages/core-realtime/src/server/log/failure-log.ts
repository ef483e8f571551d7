import type { Clock } from "../../seams/clock.js";
import type { IRealtimeObserver, RealtimeObservation } from "../../seams/observer.seam.js";
import { TokenBucket } from "../limits/token-bucket.js";
import { failureLine, originLine, type KnownChannels, type LogLine } from "./log-line.js";
import type { WriteLine } from "./log-writer.js";

const LINES = { perSecond: 1, burst: 20 }; // a client can make a handler fail as often as it likes

/** The dependencies of a log. */
export interface LogDeps {
  readonly clock: Clock;
  readonly channels: KnownChannels;
  readonly write: WriteLine;
}

interface LineLimit {
  readonly lines: TokenBucket;
  skipped: number;
}

/** The log of production: what fails on the server, and pages of origins that are not allowed; of each kind 20 lines at once, then one a second. */
export class FailureLog implements IRealtimeObserver {
  readonly kinds = ["failed", "refused"] as const;
  readonly #deps: LogDeps;
  readonly #limits = new Map<LogLine["kind"], LineLimit>(); // one for each kind: foreign pages must not hide failures

  constructor(deps: LogDeps) {
    this.#deps = deps;
  }

  observe(observation: RealtimeObservation): void {
    const line = this.#lineOf(observation);
    if (!line) return;
    const now = this.#deps.clock.monotonic();
    const limit = this.#limits.get(line.kind) ?? { lines: new TokenBucket(LINES, now), skipped: 0 };
    this.#limits.set(line.kind, limit);
    if (limit.lines.take(now) > 0) {
      limit.skipped += 1;
      return;
    }
    const skipped = limit.skipped > 0 ? ` (${limit.skipped} more were not written)` : "";
    limit.skipped = 0;
    this.#deps.write({ ...line, sentence: `${line.sentence}${skipped}` });
  }

  #lineOf(observation: RealtimeObservation): LogLine | undefined {
    if (observation.kind === "failed") return failureLine(observation, this.#deps.channels);
    return observation.kind === "refused" ? originLine(observation) : undefined;
  }
}
