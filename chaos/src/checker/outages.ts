const AFTERMATH_MS = 3_000; // until every connection is open again, and every statement that waited has been refused or run

/** The codes with which a node refuses what it cannot do without its database. All of them mean: try later. */
const REFUSALS: ReadonlySet<string> = new Set(["INTERNAL_ERROR", "HANDLER_FAILED", "HANDLER_TIMEOUT", "ISOLATED"]);

/** When the database of all nodes was away or had no connection left, by `performance.now()`. Only then may a node refuse for want of it. */
export class Outages {
  readonly #spans: { readonly from: number; to: number }[] = [];

  /** Begins an outage; returns its end. */
  begin(): () => void {
    const span = { from: performance.now(), to: Infinity };
    this.#spans.push(span);
    return () => (span.to = performance.now());
  }

  /** An outage, or its aftermath, was at that time. */
  covers(at: number): boolean {
    return this.#spans.some(({ from, to }) => from <= at && at <= to + AFTERMATH_MS);
  }

  /** An outage, or its aftermath, was at some time between these two. */
  overlaps(since: number, until: number): boolean {
    return this.#spans.some(({ from, to }) => from <= until && since <= to + AFTERMATH_MS);
  }

  /** A refusal with this code at that time is what is promised. */
  excuses(code: string, at: number): boolean {
    return REFUSALS.has(code) && this.covers(at);
  }
}
