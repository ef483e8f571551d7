import type { TransportLimits } from "@repo/core-realtime";

const LONGEST_BEAT_MS = 15_000; // under the 30 s after which common proxies give up an idle stream
const LOOKS_PER_PONG = 4; // a check costs an addition per connection

/** The times of a connection, from the limits. */
export interface Pace {
  /** Between two checks for silent clients. */
  readonly lookMs: number;
  /** Checks between two comments. Each requests a POST of the client, and twice within `pingMs`, so that one may come late. */
  readonly looksPerBeat: number;
  /** A client that posts nothing for so long is gone by then; so is a reader that takes nothing of what waits. */
  readonly silenceMs: number;
}

export function paceOf({ pingMs, pongMs }: TransportLimits): Pace {
  const beatMs = Math.min(pingMs / 2, LONGEST_BEAT_MS);
  const lookMs = Math.min(pongMs / LOOKS_PER_PONG, beatMs);
  return { lookMs, looksPerBeat: Math.floor(beatMs / lookMs), silenceMs: pingMs + pongMs };
}

/**
 * Whether a client has fallen silent. A stream cannot carry replies, so that POSTs are its client's heartbeat: a connection that is half open
 * takes what is written to it as a living one does. Counted by checks, so that no client is closed at once after the machine has slept.
 */
export class Silence {
  readonly #pace: Pace;
  #quietMs = 0;
  #behindMs = 0;
  #looks: number;

  /** The first comment comes that many checks earlier: clients that connect together are not written to together. */
  constructor(pace: Pace, looksAhead = 0) {
    this.#pace = pace;
    this.#looks = looksAhead % pace.looksPerBeat;
  }

  /** A frame came by POST. */
  break(): void {
    this.#quietMs = 0;
  }

  /** Some of what waited was taken: by the kernel at least, which is no sign of life. */
  progressed(): void {
    this.#behindMs = 0;
  }

  /** Once per `lookMs`; is it time for a comment? */
  isBeat(): boolean {
    this.#looks = (this.#looks + 1) % this.#pace.looksPerBeat;
    return this.#looks === 0;
  }

  /** Once per `lookMs`; returns what has lasted too long. */
  look(isBehind: boolean): "silent" | "stuck" | undefined {
    const { lookMs, silenceMs } = this.#pace;
    this.#quietMs += lookMs;
    this.#behindMs = isBehind ? this.#behindMs + lookMs : 0;
    const mostMs = silenceMs - lookMs; // at the next check it would be too late
    if (this.#behindMs > mostMs) return "stuck";
    return this.#quietMs > mostMs ? "silent" : undefined;
  }
}
