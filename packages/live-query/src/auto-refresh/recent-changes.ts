import type { ChangeBatch, RowChange, RowImage, Snapshot } from "@repo/realtime-postgres";
import { ReadIndex } from "../reads/read-index.js";
import type { ReadSet } from "../reads/read-set.js";

const MAX_CHANGES = 2_000;
const MAX_TEXT = 200; // characters of a value that is kept; a longer one counts as unknown
const MAX_COLUMNS = 64;

/** The last changes of watched tables, for pages that were rendered a moment ago. Bounded: for anything older it reports that there may have been a change. */
export class RecentChanges {
  /** Everything that this snapshot does not show is kept. */
  #since: Snapshot | undefined;
  #count = 0;
  readonly #batches: ChangeBatch[] = [];
  readonly #maxChanges: number;

  constructor(maxChanges = MAX_CHANGES) {
    this.#maxChanges = maxChanges;
  }

  /** From here on everything is kept; what was kept before is not. */
  begin(snapshot: Snapshot): void {
    this.#since = snapshot;
  }

  /** Changes were lost: only what comes after this snapshot is known. */
  restart(snapshot: Snapshot): void {
    this.#batches.length = 0;
    this.#count = 0;
    this.#since = snapshot;
  }

  add({ snapshot, changes }: ChangeBatch): void {
    if (changes.length === 0) return;
    this.#batches.push({ snapshot, changes: changes.map(reduced) });
    this.#count += changes.length;
    while (this.#count > this.#maxChanges) this.#drop();
  }

  /** Whether a change may have touched what was read in this snapshot; true where that is not known any more. */
  mayHaveTouched(reads: ReadSet, snapshot: Snapshot): boolean {
    if (!this.#since || !snapshot.covers(this.#since)) return true;
    const newest = this.#batches.at(-1)?.snapshot;
    if (!newest || snapshot.covers(newest)) return false;
    const index = new ReadIndex<true>();
    index.add(true, reads);
    return this.#batches.some(({ changes }) =>
      changes.some((change) => !snapshot.shows(change.xid) && index.readersOf(change).size > 0),
    );
  }

  #drop(): void {
    const oldest = this.#batches.shift();
    if (!oldest) return;
    this.#count -= oldest.changes.length;
    if (this.#since && oldest.snapshot.covers(this.#since)) this.#since = oldest.snapshot;
  }
}

/** Without long values: a column that is not there counts as one that any reader may have read. */
function reduced(change: RowChange): RowChange {
  return { ...change, before: reducedImage(change.before), after: reducedImage(change.after) };
}

function reducedImage(image: RowImage | undefined): RowImage | undefined {
  if (!image) return undefined;
  const entries = Object.entries(image).filter(([, value]) =>
    typeof value === "string" ? value.length <= MAX_TEXT : typeof value !== "object" || value === null,
  );
  return Object.fromEntries(entries.slice(0, MAX_COLUMNS));
}
