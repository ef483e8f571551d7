import type { TransportLimits } from "@repo/core-realtime";

const LONGEST_BEAT_MS = 15_000; // under the 30 s after which common proxies give up an idle stream
const HIDDEN_TAB_MS = 60_000; // browsers let the timers of a hidden tab run once a minute

/** The times of a quiet line, from the limits. */
export interface Pace {
  /** Between two keep-alives. */
  readonly beatMs: number;
  /** A client that has heard nothing for `pingMs` asks, soon or, in a hidden tab, within another minute. */
  readonly silenceMs: number;
  /** A reader that takes nothing for so long is gone, or wants our memory. */
  readonly stuckMs: number;
}

export function paceOf({ pingMs, pongMs }: TransportLimits): Pace {
  const stuckMs = pingMs + pongMs;
  return { beatMs: Math.min(pingMs, LONGEST_BEAT_MS), stuckMs, silenceMs: stuckMs + HIDDEN_TAB_MS };
}

/**
 * Whether a peer that is able to ping has stopped, or one that has to read takes nothing. The client's law is to ping when it hears
 * nothing, so silence counts only while both are silent; a peer that never pinged (a plain EventSource) is known to be dead by its
 * socket alone.
 */
export class Silence {
  readonly #pace: Pace;
  #hasPinged = false;
  #isBroken = false;
  #quietMs = 0;
  #behindMs = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** A frame went either way. */
  break(): void {
    this.#isBroken = true;
  }

  pinged(): void {
    this.#hasPinged = true;
  }

  /** The reader took some of what waited. */
  progressed(): void {
    this.#isBroken = true;
    this.#behindMs = 0;
  }

  /** Once per beat; says what has lasted too long. */
  beat(isBehind: boolean): "silent" | "stuck" | undefined {
    const { beatMs, silenceMs, stuckMs } = this.#pace;
    this.#quietMs = this.#isBroken ? 0 : this.#quietMs + beatMs;
    this.#behindMs = isBehind ? this.#behindMs + beatMs : 0;
    this.#isBroken = false;
    if (this.#behindMs >= stuckMs) return "stuck";
    return this.#hasPinged && this.#quietMs >= silenceMs ? "silent" : undefined;
  }
}
