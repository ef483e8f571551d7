/** What receives a stream's items. */
export interface StreamSink<Item> {
  /** In the publisher's order, each once. */
  deliver(item: Item): void;
  /** Items are missing, and will not be delivered any more. */
  onLoss(): void;
}

/** The room that early items may take, shared by all streams of a node. */
export interface HoldBudget {
  /** UTF-16 code units. */
  left: number;
}

interface Held<Item> {
  readonly at: number;
  /** Undefined: the publisher reported that it has sent everything below this number. */
  readonly item: Item | undefined;
  readonly size: number;
}

/** One publisher's numbered items on one topic: restores the order, drops duplicates, and finds out what is missing. */
export class OrderedStream<Item> {
  readonly #sink: StreamSink<Item>;
  readonly #budget: HoldBudget;
  readonly #held = new Map<number, Held<Item>>(); // oldest arrival first
  #next: number | undefined;

  /** `next`: the number of the first item to deliver; undefined until `startAfter` sets it. */
  constructor(sink: StreamSink<Item>, budget: HoldBudget, next?: number) {
    this.#sink = sink;
    this.#budget = budget;
    this.#next = next;
  }

  get isWaiting(): boolean {
    return this.#held.size > 0;
  }

  /** The subscription began when the publisher stood at this number. */
  startAfter(last: number): void {
    if (this.#next !== undefined) return;
    this.#next = last + 1;
    for (const number of [...this.#held.keys()]) if (number <= last) this.#release(number);
    this.#deliverHeld();
  }

  accept(
    number: number,
    { item, size, at }: { readonly item: Item; readonly size: number; readonly at: number },
  ): void {
    if (number !== this.#next) return this.#hold(number, { item, size, at });
    this.#next += 1;
    if (!this.isWaiting) return this.#sink.deliver(item);
    this.#release(number);
    this.#sink.deliver(item);
    this.#deliverHeld();
  }

  /** The publisher has sent everything up to this number: what has not come is late, or lost. */
  expect(last: number, at: number): void {
    if (this.#next === undefined || last < this.#next || this.#held.has(last + 1)) return;
    this.#held.set(last + 1, { item: undefined, size: 0, at });
  }

  /** Gives up waiting for everything that was known to be missing at this time. */
  skipMissing(since: number): void {
    if (this.#next === undefined) return;
    let due = 0;
    for (const [number, { at }] of this.#held) if (at <= since) due = Math.max(due, number);
    if (due > this.#next) this.#skipTo(due);
  }

  /** Releases what is held. */
  close(): void {
    for (const number of [...this.#held.keys()]) this.#release(number);
  }

  #hold(number: number, held: Held<Item>): void {
    if (this.#next !== undefined && number < this.#next) return; // delivered, or reported as lost
    const before = this.#held.get(number);
    if (before?.item !== undefined) return;
    if (held.size > this.#budget.left || this.#held.size >= MAX_HELD) return this.#overflow(number, held);
    this.#budget.left -= held.size;
    this.#held.set(number, before ? { ...held, at: before.at } : held);
  }

  /** No room to wait any longer for what is missing below. */
  #overflow(number: number, { item }: Held<Item>): void {
    if (this.#next === undefined || item === undefined) return; // found missing by the next number, or by a heartbeat
    this.#skipTo(Math.max(number, ...this.#held.keys()));
    if (number >= this.#next) this.accept(number, { item, size: 0, at: 0 });
  }

  /** In ascending order, without what is missing; `#next` first, so that a delivery that calls back finds the stream consistent. */
  #skipTo(due: number): void {
    const numbers = [...this.#held.keys()].filter((number) => number <= due).toSorted((a, b) => a - b);
    this.#next = due;
    this.#sink.onLoss();
    for (const number of numbers) {
      const item = this.#release(number);
      if (item === undefined) continue;
      this.#next = Math.max(this.#next, number + 1);
      this.#sink.deliver(item);
    }
    this.#deliverHeld();
  }

  #deliverHeld(): void {
    while (this.#next !== undefined && this.#held.has(this.#next)) {
      const item = this.#release(this.#next);
      if (item === undefined) return;
      this.#next += 1;
      this.#sink.deliver(item);
    }
  }

  #release(number: number): Item | undefined {
    const held = this.#held.get(number);
    this.#held.delete(number);
    this.#budget.left += held?.size ?? 0;
    return held?.item;
  }
}

const MAX_HELD = 1_000; // items per publisher and topic
