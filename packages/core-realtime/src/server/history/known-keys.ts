import { ExpiringMap } from "../expiring-map.js";
import type { HistoryReceipt } from "../../seams/history.seam.js";
import { weightOf } from "./weight-of.js";

const KEY_BYTES = 64; // what is kept beside the key itself

/** The idempotency keys of one channel, each with the receipt of its first append, for as long as that message lives. */
export class KnownKeys {
  readonly #receipts = new ExpiringMap<string, HistoryReceipt>();

  /** About so many bytes of memory. */
  get bytes(): number {
    return this.#receipts.bytes;
  }

  get size(): number {
    return this.#receipts.size;
  }

  /** The receipt of the first append, marked as a repetition. */
  find(key: string | undefined, now: number): HistoryReceipt | undefined {
    const first = key === undefined ? undefined : this.#receipts.get(key, now);
    return first && { ...first, repeated: true };
  }

  /** `until` is not before that of any earlier key. */
  add(key: string | undefined, receipt: HistoryReceipt, until: number): void {
    if (key !== undefined) this.#receipts.set(key, receipt, { until, bytes: KEY_BYTES + weightOf(key) });
  }

  trim(now: number): void {
    this.#receipts.trim(now);
  }

  dropOldest(): void {
    this.#receipts.dropOldest();
  }
}
