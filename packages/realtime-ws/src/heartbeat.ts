import type { Clock, TransportLimits } from "@repo/core-realtime";

/** What has a pulse. */
export interface Living {
  /** Asks for a sign of life; `hasAnswered` is false until one comes. */
  ping(): void;
  readonly hasAnswered: boolean;
  /** None came in time. */
  onSilence(): void;
}

const SLOTS = 25; // a beat each second at the default 25 s, so that a hundred thousand pings are not one pause

/** Pings everybody once per `pingMs`, spread evenly, and tells who has not answered within `pongMs`. One timer for all. */
export class Heartbeat {
  readonly #slots: readonly Set<Living>[] = Array.from({ length: SLOTS }, () => new Set<Living>());
  readonly #clock: Clock;
  readonly #limits: TransportLimits;
  #current = 0;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, limits: TransportLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  start(): void {
    this.#cancel = this.#clock.after(this.#limits.pingMs / SLOTS, () => {
      this.#current = (this.#current + 1) % SLOTS;
      this.#beat(this.#slots[this.#current]);
      this.start();
    });
  }

  stop(): void {
    this.#cancel();
  }

  /** Watches from now on; the first ping comes within `pingMs`. */
  watch(living: Living): void {
    this.#slots[this.#current]?.add(living);
  }

  forget(living: Living): void {
    for (const slot of this.#slots) slot.delete(living);
  }

  #beat(slot: Iterable<Living> = []): void {
    const asked = [...slot];
    if (asked.length === 0) return;
    for (const living of asked) living.ping();
    this.#clock.after(this.#limits.pongMs, () => {
      for (const living of asked) if (!living.hasAnswered) living.onSilence();
    });
  }
}
