/** Beats come as often as keep-alives. */
export const BEAT_MS = 15_000; // under the 30 s after which common proxies give up an idle stream

const HIDDEN_TAB_MS = 60_000; // browsers let the timers of a hidden tab run once a minute

/** The usual bound: a client that has heard nothing for `pingMs` asks, soon or, in a hidden tab, within another minute. */
export function silenceBound({ pingMs, pongMs }: { readonly pingMs: number; readonly pongMs: number }): number {
  return pingMs + pongMs + HIDDEN_TAB_MS;
}

/**
 * Whether a peer that is able to ping has stopped. The client's law is to ping when it hears nothing, so silence counts only while
 * both are silent; a peer that never pinged (a plain EventSource) is known to be dead by its socket alone.
 */
export class Silence {
  readonly #boundMs: number;
  #hasPinged = false;
  #isBroken = false;
  #quietMs = 0;

  constructor(boundMs: number) {
    this.#boundMs = boundMs;
  }

  /** A frame went either way. */
  break(): void {
    this.#isBroken = true;
  }

  pinged(): void {
    this.#hasPinged = true;
  }

  /** Once per `BEAT_MS`; true where the silence has lasted too long. */
  beat(): boolean {
    this.#quietMs = this.#isBroken ? 0 : this.#quietMs + BEAT_MS;
    this.#isBroken = false;
    return this.#hasPinged && this.#quietMs >= this.#boundMs;
  }
}
