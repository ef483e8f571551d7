import type { Clock } from "../seams/clock.js";

const TICK_MS = 100; // a tick's members are visited in one turn: of 100 000 within 25 s, 400
const MAX_TICKS = 250; // per period; as many as 25 s have
const MAX_JOINED = 10; // ticks, and at most a tenth of the period: few members are visited once a second, not ten times
const ENOUGH = 200; // members of one visit: waking an idle process costs more than ten pings, and a visit of 200 delays nothing else
const STRIDE = 257; // from one member's place to the next one's: a prime above MAX_TICKS, so that all places are used equally

/** What is visited, and how often. */
export interface SpreadIntervalOptions<Member> {
  /** The clock of the interval. */
  readonly clock: Clock;
  /** How often each is visited, in ms. */
  readonly everyMs: number;
  /** Called with each one. */
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

  /** Begins to visit. */
  start(): void {
    const { clock, visit } = this.#options;
    const next = this.#nextTicks();
    this.#cancel = clock.after(next.length * this.#tickMs, () => {
      this.#current = next.at(-1) ?? 0;
      this.start();
      const members = next.flatMap((tick) => [...(this.#ticks[tick] ?? [])]);
      if (members.length > 0) visit(members);
    });
  }

  /** Ends the visits. */
  stop(): void {
    this.#cancel();
  }

  /** The ticks until there are enough members for a visit. They end at the same places in each period, or the intervals would vary. */
  #nextTicks(): readonly number[] {
    const most = Math.max(Math.min(Math.floor(this.#ticks.length / 10), MAX_JOINED), 1);
    const next: number[] = [];
    let members = 0;
    do {
      const tick = (this.#current + next.length + 1) % this.#ticks.length;
      next.push(tick);
      members += this.#ticks[tick]?.size ?? 0;
      if (tick % most === 0) break;
    } while (members < ENOUGH);
    return next;
  }

  /** The first visit comes within one period. Returns the member's place, for `delete`. */
  add(member: Member): number {
    this.#last = (this.#last + STRIDE) % this.#ticks.length;
    this.#ticks[this.#last]?.add(member);
    return this.#last;
  }

  /** Leaves one out from now on. */
  delete(member: Member, place: number): void {
    this.#ticks[place]?.delete(member);
  }
}
