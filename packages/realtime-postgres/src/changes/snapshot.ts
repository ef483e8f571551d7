/**
 * Which transactions had ended at one moment: the text form of Postgres's `pg_snapshot`, such as `"10:20:10,14"`. Of those before `xmax`
 * all had ended but those that are listed.
 */
export class Snapshot {
  /** Every transaction before this one had ended. */
  readonly xmin: bigint;
  /** No transaction from this one on had ended. */
  readonly xmax: bigint;
  /** The transactions before `xmax` that had not ended. */
  readonly running: ReadonlySet<bigint>;
  readonly #text: string;

  private constructor(text: string, [xmin, xmax]: readonly [bigint, bigint], running: readonly bigint[]) {
    this.#text = text;
    this.xmin = xmin;
    this.xmax = xmax;
    this.running = new Set(running);
  }

  /** Reads the text of a `pg_snapshot`, `xmin:xmax:xip,…`; throws a TypeError where it is none. */
  static parse(text: string): Snapshot {
    const [, xmin, xmax, running] = /^(\d+):(\d+):((?:\d+(?:,\d+)*)?)$/.exec(text) ?? [];
    if (xmin === undefined || xmax === undefined)
      throw new TypeError(`${JSON.stringify(text)} is no snapshot. It is the text of pg_current_snapshot().`);
    return new Snapshot(text, [BigInt(xmin), BigInt(xmax)], running ? running.split(",").map(BigInt) : []);
  }

  /** Whether every transaction that `earlier` shows had ended. */
  covers(earlier: Snapshot): boolean {
    return this.xmax >= earlier.xmax && [...this.running].every((xid) => !earlier.shows(xid));
  }

  /** Whether the transaction had ended: what it committed is visible. */
  shows(xid: bigint): boolean {
    return xid < this.xmin || (xid < this.xmax && !this.running.has(xid));
  }

  /** The text of a `pg_snapshot`. */
  toString(): string {
    return this.#text;
  }
}
