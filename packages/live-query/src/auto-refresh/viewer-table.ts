import type { ChangeBatch, ChangeConsumer, Snapshot } from "@repo/realtime-postgres";
import { ReadIndex } from "../reads/read-index.js";
import type { RefreshClaims } from "./refresh-token.js";
import type { RecentChanges } from "./recent-changes.js";

/** One page that is open on this node. */
interface Viewer {
  readonly notify: () => void;
  /** What its last render has seen. */
  snapshot: Snapshot | undefined;
}

type PageReads = Pick<RefreshClaims, "reads" | "snapshot">;

/** The pages that are open on this node; each is notified once when what it has read changes, and again only after its next render. */
export class ViewerTable implements ChangeConsumer {
  readonly #viewers = new Map<string, Viewer>();
  readonly #index = new ReadIndex<Viewer>();
  readonly #recent: RecentChanges;

  constructor(recent: RecentChanges) {
    this.#recent = recent;
  }

  /** The number of open pages, and of those that wait for a change. */
  get census(): { readonly viewers: number; readonly waiting: number } {
    return { viewers: this.#viewers.size, waiting: this.#index.size };
  }

  /**
   * A page has been opened, or rendered again; undefined where it is unknown what it has read. True where what it shows may be old
   * already: it is notified of nothing until it comes back.
   */
  follow(key: string, read: PageReads | undefined, notify?: () => void): boolean {
    const viewer: Viewer | undefined = this.#viewers.get(key) ?? (notify && { notify, snapshot: undefined });
    if (!viewer) return true;
    this.#viewers.set(key, viewer);
    const isChanged = !read || this.#recent.mayHaveTouched(read.reads, read.snapshot);
    if (isChanged) this.#index.remove(viewer);
    else this.#index.add(viewer, read.reads);
    viewer.snapshot = read?.snapshot;
    return isChanged;
  }

  remove(key: string): void {
    const viewer = this.#viewers.get(key);
    if (viewer) this.#index.remove(viewer);
    this.#viewers.delete(key);
  }

  onChanges(batch: ChangeBatch): void {
    this.#recent.add(batch);
    const touched = new Set<Viewer>();
    for (const change of batch.changes)
      for (const viewer of this.#index.readersOf(change)) if (!viewer.snapshot?.shows(change.xid)) touched.add(viewer);
    for (const viewer of touched) this.#notify(viewer);
  }

  onLost(snapshot: Snapshot): void {
    this.#recent.restart(snapshot);
    for (const viewer of [...this.#index.readers()]) this.#notify(viewer);
  }

  #notify(viewer: Viewer): void {
    this.#index.remove(viewer);
    viewer.notify();
  }
}
