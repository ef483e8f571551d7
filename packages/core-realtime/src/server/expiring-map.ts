interface Entry<Key, Value> {
  readonly key: Key;
  readonly until: number;
  value: Value | undefined;
  bytes: number;
  isHeld: boolean;
}

/** How long an entry is valid, on the caller's clock, and what it counts as. */
export interface Validity {
  /** Not before the `until` of any earlier entry. */
  readonly until: number;
  readonly bytes: number;
}

/**
 * A map whose entries expire in the order in which they were set. Their order is in a queue beside the map: a map that loses
 * its first entries again and again takes longer to find its first one each time.
 */
export class ExpiringMap<Key, Value> {
  readonly #entries = new Map<Key, Entry<Key, Value>>();
  #queue: Entry<Key, Value>[] = [];
  #first = 0;
  #bytes = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** The sum of all entries. */
  get bytes(): number {
    return this.#bytes;
  }

  get(key: Key, now: number): Value | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.until > now ? entry.value : undefined;
  }

  set(key: Key, value: Value, { until, bytes }: Validity): void {
    this.delete(key);
    const entry: Entry<Key, Value> = { key, until, value, bytes, isHeld: true };
    this.#entries.set(key, entry);
    this.#queue.push(entry);
    this.#bytes += bytes;
  }

  /** Gives an entry another value and size, at the age that it has. Nothing happens where `expected` is not its value. */
  replace(key: Key, expected: Value, { value, bytes }: { readonly value: Value; readonly bytes: number }): void {
    const entry = this.#entries.get(key);
    if (entry?.value !== expected) return;
    this.#bytes += bytes - entry.bytes;
    entry.value = value;
    entry.bytes = bytes;
  }

  /** Nothing happens where `expected` is given and is not its value. */
  delete(key: Key, expected?: Value): void {
    const entry = this.#entries.get(key);
    if (!entry || (expected !== undefined && entry.value !== expected)) return;
    this.#release(entry);
    this.#compact();
  }

  /** Removes what has expired. */
  trim(now: number): void {
    for (let oldest = this.#oldest(); oldest && oldest.until <= now; oldest = this.#oldest()) this.#release(oldest);
    this.#compact();
  }

  /** Removes the oldest entry; false where there is none. */
  dropOldest(): boolean {
    const oldest = this.#oldest();
    if (!oldest) return false;
    this.#release(oldest);
    this.#compact();
    return true;
  }

  #oldest(): Entry<Key, Value> | undefined {
    while (this.#queue[this.#first]?.isHeld === false) this.#first += 1;
    return this.#queue[this.#first];
  }

  #release(entry: Entry<Key, Value>): void {
    this.#entries.delete(entry.key);
    this.#bytes -= entry.bytes;
    entry.isHeld = false;
    entry.value = undefined; // the queue holds the entry a while longer, and a value may be large
  }

  /** Copies the queue when at least half of it is over, so that an entry is copied once on average. */
  #compact(): void {
    if (this.#queue.length <= 2 * this.#entries.size) return;
    this.#queue = this.#queue.filter(({ isHeld }) => isHeld);
    this.#first = 0;
  }
}
