import { RealtimeError } from "@repo/core-realtime";

/** Keys that were claimed in one process, until they expire. None is forgotten earlier: where there are too many, new ones are refused. */
export class ClaimedKeys {
  readonly #until = new Map<string, number>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  /** False where the key is claimed. Throws RATE_LIMITED where there is no place. */
  claim(key: string, { now, ttlMs }: { readonly now: number; readonly ttlMs: number }): boolean {
    if ((this.#until.get(key) ?? 0) > now) return false;
    for (const [oldest, until] of this.#until) {
      if (until > now) break; // those behind it were claimed later
      this.#until.delete(oldest);
    }
    if (this.#until.size >= this.#max)
      throw new RealtimeError("RATE_LIMITED", { detail: `${this.#max} claims are kept already`, retryAfterMs: ttlMs });
    this.#until.delete(key); // a map keeps a replaced key in its place
    this.#until.set(key, now + ttlMs);
    return true;
  }
}
