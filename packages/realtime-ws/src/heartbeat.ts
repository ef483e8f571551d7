import type { Clock, TransportLimits } from "@repo/core-realtime";
import { SpreadInterval } from "@repo/core-realtime/server";

/** A connection that is pinged. */
export interface Living {
  /** Sends a ping; where no earlier one waits for a sign of life, it is the one of `silentSince`. */
  ping(number: number): void;
  /** The number of the first ping after which no sign of life came; undefined where there was one since the last. */
  readonly silentSince: number | undefined;
  /** None came in time. */
  onSilence(): void;
}

/** Pings each connection once per `pingMs`, spread evenly, and notices which connection is silent for `pongMs`. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #limits: TransportLimits;
  readonly #interval: SpreadInterval<Living>;
  #pings = 0;

  constructor(clock: Clock, limits: TransportLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#interval = new SpreadInterval({ clock, everyMs: limits.pingMs, visit: (pinged) => this.#ping(pinged) });
  }

  start(): void {
    this.#interval.start();
  }

  stop(): void {
    this.#interval.stop();
  }

  /** Watches from now on; the first ping comes within `pingMs`. Returns the place, for `forget`. */
  watch(living: Living): number {
    return this.#interval.add(living);
  }

  forget(living: Living, place: number): void {
    this.#interval.delete(living, place);
  }

  #ping(pinged: readonly Living[]): void {
    const number = (this.#pings += 1);
    for (const living of pinged) living.ping(number);
    this.#expectPongs(pinged, number);
  }

  #expectPongs(pinged: readonly Living[], number: number): void {
    const { pongMs } = this.#limits;
    const dueAt = this.#clock.monotonic() + pongMs;
    this.#clock.after(pongMs, () => {
      const lateMs = this.#clock.monotonic() - dueAt;
      if (lateMs > pongMs / 4) return this.#expectPongs(pinged, number); // the process was suspended: it has not read the pongs yet
      for (const living of pinged) if ((living.silentSince ?? Infinity) <= number) living.onSilence(); // since this ping, not a later one
    });
  }
}
