import type { Snapshot } from "@repo/realtime-postgres";
import type { RecordedReads } from "../reads/record-reads.js";

const MAX_RENDERS = 100; // least recently used ones go

/** The questions about changes that the sharing asks the feed. */
export interface SharingSources {
  /** What is visible now. */
  readonly snapshot: () => Promise<Snapshot>;
  /** Whether nothing that was read has changed between the recording and `now`. */
  readonly isCurrent: (recorded: RecordedReads<unknown>, now: Snapshot) => Promise<boolean>;
}

/** Renders of pages that are equal for several viewers: made once while nothing changes that they have read. */
export class SharedRenders<Output> {
  readonly #sources: SharingSources;
  readonly #renders = new Map<string, Promise<RecordedReads<Output>>>();

  constructor(sources: SharingSources) {
    this.#sources = sources;
  }

  /** The kept render where it shows what is visible now; otherwise a new one, which later callers wait for. */
  async render(key: string, make: () => Promise<RecordedReads<Output>>): Promise<RecordedReads<Output>> {
    if (!this.#renders.has(key)) return this.#keep(key, make);
    const now = await this.#sources.snapshot();
    for (let checked: unknown; ;) {
      const kept = this.#renders.get(key);
      if (!kept || kept === checked) return this.#keep(key, make);
      const recorded = await kept.catch(() => undefined); // its own caller has the error
      if (recorded && (await this.#sources.isCurrent(recorded, now))) return this.#use(key, kept);
      checked = kept;
    }
  }

  #keep(key: string, make: () => Promise<RecordedReads<Output>>): Promise<RecordedReads<Output>> {
    const made = make();
    this.#renders.delete(key);
    this.#renders.set(key, made);
    made.catch(() => this.#renders.get(key) === made && this.#renders.delete(key));
    const [oldest] = this.#renders.keys();
    if (this.#renders.size > MAX_RENDERS && oldest !== undefined) this.#renders.delete(oldest);
    return made;
  }

  #use(key: string, kept: Promise<RecordedReads<Output>>): Promise<RecordedReads<Output>> {
    if (this.#renders.get(key) === kept) {
      this.#renders.delete(key);
      this.#renders.set(key, kept);
    }
    return kept;
  }
}
