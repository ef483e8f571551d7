import type { CollectionChange, CopyState } from "./collection-change.js";

/** How a copy is fetched and applied. */
export interface CopyTaker<Row> {
  readonly fetch: () => Promise<Iterable<Row>>;
  /** Applies the copy, then the changes that arrived while it was fetched. */
  readonly apply: (copy: readonly Row[], meanwhile: readonly CollectionChange<Row>[]) => void;
  /** `state` has changed. */
  readonly onState: () => void;
}

/** The copies of a collection, of which the last requested one counts. */
export class CopyIntake<Row> {
  #state: CopyState = { status: "none" };
  #meanwhile: CollectionChange<Row>[] | undefined;

  get state(): CopyState {
    return this.#state;
  }

  /** A change has arrived: it is applied after the copy that is being fetched. */
  note(change: CollectionChange<Row>): void {
    this.#meanwhile?.push(change);
  }

  /** Resolves with false where another copy was requested since. Rejects as `fetch` does. */
  async take({ fetch, apply, onState }: CopyTaker<Row>): Promise<boolean> {
    const meanwhile: CollectionChange<Row>[] = [];
    this.#meanwhile = meanwhile;
    const isOver = () => this.#meanwhile !== meanwhile; // another copy was requested since
    const become = (state: CopyState) => {
      this.#state = state;
      onState();
    };
    if (this.#state.status === "none") become({ status: "loading" });
    try {
      const copy = [...(await fetch())];
      if (isOver()) return false;
      this.#state = { status: "loaded" };
      apply(copy, meanwhile);
      return true;
    } catch (error) {
      if (!isOver()) become({ status: "failed", error });
      throw error;
    } finally {
      if (!isOver()) this.#meanwhile = undefined;
    }
  }
}
