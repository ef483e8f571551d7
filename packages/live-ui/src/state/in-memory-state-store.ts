import { eventKey } from "./event-key.js";
import type { Clock } from "@repo/core-realtime";
import { systemClock } from "@repo/core-realtime/server";
import { ClaimedKeys } from "./claimed-keys.js";
import { recordFrom, recordText } from "./record-text.js";
import type { IStateStore, NextState, StoredState } from "./state-store.seam.js";

/** How much is kept. */
export interface InMemoryStateStoreOptions {
  /** Pages that are kept, the last written ones; default 100 000. As many claims are kept beside them. */
  readonly maxEntries?: number;
  /** Bytes of the pages, about; default 64 MiB. */
  readonly maxBytes?: number;
  /** The time; default: that of the system. */
  readonly clock?: Pick<Clock, "monotonic">;
}

interface Entry {
  readonly text: string;
  readonly version: number;
  readonly until: number;
  readonly bytes: number;
}

const DEFAULT_MAX_ENTRIES = 100_000;
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const ENTRY_BYTES = 200; // of the map, the objects and the strings, beside their characters

/** The states of the pages of one process. What was written longest ago is forgotten first; a restart forgets all. */
export class InMemoryStateStore implements IStateStore {
  readonly #entries = new Map<string, Entry>();
  readonly #claimed: ClaimedKeys;
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  readonly #clock: Pick<Clock, "monotonic">;
  #bytes = 0;

  constructor(options: InMemoryStateStoreOptions = {}) {
    const { maxEntries = DEFAULT_MAX_ENTRIES, maxBytes = DEFAULT_MAX_BYTES, clock = systemClock } = options;
    this.#claimed = new ClaimedKeys(maxEntries);
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
    this.#clock = clock;
  }

  /** Pages, and their bytes, about. */
  get size(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.#entries.size, bytes: this.#bytes };
  }

  async create(id: string, record: StoredState, ttlMs: number): Promise<void> {
    this.#write(id, { record, ttlMs });
  }

  async read(id: string): Promise<StoredState | undefined> {
    const text = this.#current(id)?.text;
    return text === undefined ? undefined : recordFrom(text);
  }

  async swap(id: string, expectedVersion: number, next: NextState): Promise<boolean> {
    if (this.#current(id)?.version !== expectedVersion) return false;
    this.#write(id, next);
    return true;
  }

  /** Forgets the state of this id; nothing where there is none. */
  async delete(id: string): Promise<void> {
    this.#remove(id);
  }

  async claimOnce(key: string, ttlMs: number): Promise<boolean> {
    return this.#claimed.claim(eventKey(key), { now: this.#clock.monotonic(), ttlMs });
  }

  #current(id: string): Entry | undefined {
    const entry = this.#entries.get(id);
    return entry && entry.until > this.#clock.monotonic() ? entry : undefined;
  }

  #write(id: string, { record, ttlMs }: NextState): void {
    const text = recordText(record);
    const bytes = ENTRY_BYTES + 2 * (id.length + text.length);
    const now = this.#clock.monotonic();
    this.#remove(id); // a map keeps a replaced key in its place; the newest belongs to the end
    this.#entries.set(id, { text, version: record.version, until: now + ttlMs, bytes });
    this.#bytes += bytes;
    for (const [oldest, { until }] of this.#entries) {
      const isFull = this.#entries.size > this.#maxEntries || this.#bytes > this.#maxBytes;
      if (!isFull && until > now) return;
      this.#remove(oldest);
    }
  }

  #remove(id: string): void {
    this.#bytes -= this.#entries.get(id)?.bytes ?? 0;
    this.#entries.delete(id);
  }
}
