import { Listeners } from "./listeners.js";

/** Something that has happened. Entries are added, and never changed. */
export interface LedgerEntry {
  readonly number: number;
  readonly at: Date;
  readonly kind: "annotation" | "triage" | "decision" | "sign-up";
  readonly text: string;
}

const MAX_KEPT = 100;

/** What has happened in all examples, newest first. */
export class Ledger {
  readonly #changed = new Listeners();
  readonly #now: () => Date;
  #entries: readonly LedgerEntry[] = [];
  #count = 0;

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries;
  }

  /** How many there have been. */
  get count(): number {
    return this.#count;
  }

  append(kind: LedgerEntry["kind"], text: string): LedgerEntry {
    this.#count += 1;
    const entry = { number: this.#count, at: this.#now(), kind, text };
    this.#entries = [entry, ...this.#entries].slice(0, MAX_KEPT);
    this.#changed.notify();
    return entry;
  }

  watch(listener: () => void): () => void {
    return this.#changed.add(listener);
  }
}

/** @example "14:03" */
export function timeOf(date: Date): string {
  return date.toISOString().slice(11, 16);
}
