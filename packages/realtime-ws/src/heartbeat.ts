import type { Clock, TransportLimits } from "@repo/core-realtime";
import { SpreadInterval } from "@repo/core-realtime/server";

/** A connection that is pinged. */
export interface Living {
  /** Sends a ping; `isAlive` is false until a sign of life comes. */
  ping(): void;
  readonly isAlive: boolean;
  /** None came in time. */
  onSilence(): void;
}

/** Pings each connection once per `pingMs`, spread evenly, and notices which connection is silent for `pongMs`. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #limits: TransportLimits;
  readonly #interval: SpreadInterval<Living>;

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
    for (const living of pinged) living.ping();
    this.#expectPongs(pinged);
  }

  #expectPongs(pinged: readonly Living[]): void {
    const { pongMs } = this.#limits;
    const dueAt = this.#clock.monotonic() + pongMs;
    this.#clock.after(pongMs, () => {
      const lateMs = this.#clock.monotonic() - dueAt;
      if (lateMs > pongMs / 4) return this.#expectPongs(pinged); // the process was suspended: it has not read the pongs yet
      for (const living of pinged) if (!living.isAlive) living.onSilence();
    });
  }
}
