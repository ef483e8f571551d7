import type { Clock } from "../seams/clock.js";

const TICK_MS = 100; // a tick's members are visited in one turn: of 100 000 within 25 s, 400
const MAX_TICKS = 250; // per period; as many as 25 s have
const STRIDE = 257; // from one member's place to the next one's: a prime above MAX_TICKS, so that all places are used equally

/** What is visited, and how often. */
export interface SpreadIntervalOptions<Member> {
  readonly clock: Clock;
  readonly everyMs: number;
  readonly visit: (members: readonly Member[]) => void;
}

/**
 * Visits each member once per period, with one timer for all. Members are spread evenly over the period, whenever they come: thousands
 * that connect within one second, as after a restart, are not visited as one.
 */
export class SpreadInterval<Member> {
  readonly #ticks: readonly Set<Member>[];
  readonly #options: SpreadIntervalOptions<Member>;
  readonly #tickMs: number;
  #current = 0;
  #last = 0;
  #cancel: () => void = () => undefined;

  constructor(options: SpreadIntervalOptions<Member>) {
    const ticks = Math.min(Math.max(Math.round(options.everyMs / TICK_MS), 1), MAX_TICKS);
    this.#ticks = Array.from({ length: ticks }, () => new Set<Member>());
    this.#tickMs = options.everyMs / ticks;
    this.#options = options;
  }

  start(): void {
    const { clock, visit } = this.#options;
    this.#cancel = clock.after(this.#tickMs, () => {
      this.start();
      this.#current = (this.#current + 1) % this.#ticks.length;
      const members = [...(this.#ticks[this.#current] ?? [])];
      if (members.length > 0) visit(members);
    });
  }

  stop(): void {
    this.#cancel();
  }

  /** The first visit comes within one period. Returns the member's place, for `delete`. */
  add(member: Member): number {
    this.#last = (this.#last + STRIDE) % this.#ticks.length;
    this.#ticks[this.#last]?.add(member);
    return this.#last;
  }

  delete(member: Member, place: number): void {
    this.#ticks[place]?.delete(member);
  }
}
