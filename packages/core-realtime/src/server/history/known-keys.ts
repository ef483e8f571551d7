import { ExpiringMap } from "../expiring-map.js";
import type { RealtimePosition } from "../../wire/envelope.js";
import { weightOf } from "./weight-of.js";

const KEY_BYTES = 64; // what is kept beside the key itself

/** The idempotency keys of one channel, each with the position of its first message, for as long as that message lives. */
export class KnownKeys {
  readonly #positions = new ExpiringMap<string, RealtimePosition>();

  /** About so many bytes of memory. */
  get bytes(): number {
    return this.#positions.bytes;
  }

  get size(): number {
    return this.#positions.size;
  }

  /** The position of the first message under this key. */
  find(key: string | undefined, now: number): RealtimePosition | undefined {
    return key === undefined ? undefined : this.#positions.get(key, now);
  }

  /** `until` is not before that of any earlier key. */
  add(key: string | undefined, position: RealtimePosition, until: number): void {
    if (key !== undefined) this.#positions.set(key, position, { until, bytes: KEY_BYTES + weightOf(key) });
  }

  trim(now: number): void {
    this.#positions.trim(now);
  }

  dropOldest(): void {
    this.#positions.dropOldest();
  }
}
