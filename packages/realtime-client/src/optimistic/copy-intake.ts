import type { CollectionChange, CopyState } from "./collection-change.js";

/** What takes in a copy. */
export interface CopyTaker<Row> {
  readonly fetch: () => Promise<Iterable<Row>>;
  /** Puts the copy to use, and on top of it the changes that came while it was fetched. */
  readonly apply: (copy: readonly Row[], meanwhile: readonly CollectionChange<Row>[]) => void;
  /** `state` is another one. */
  readonly onState: () => void;
}

/** The copies of a collection, of which the one that was asked for last counts. */
export class CopyIntake<Row> {
  #state: CopyState = { status: "none" };
  #meanwhile: CollectionChange<Row>[] | undefined;

  get state(): CopyState {
    return this.#state;
  }

  /** A change has come: it belongs on top of the copy that is under way. */
  note(change: CollectionChange<Row>): void {
    this.#meanwhile?.push(change);
  }

  /** Rejects as `fetch` does. */
  async take({ fetch, apply, onState }: CopyTaker<Row>): Promise<void> {
    const meanwhile: CollectionChange<Row>[] = [];
    this.#meanwhile = meanwhile;
    const isOver = () => this.#meanwhile !== meanwhile; // another copy was asked for since
    const become = (state: CopyState) => {
      this.#state = state;
      onState();
    };
    if (this.#state.status === "none") become({ status: "loading" });
    try {
      const copy = [...(await fetch())];
      if (isOver()) return;
      this.#state = { status: "loaded" };
      apply(copy, meanwhile);
    } catch (error) {
      if (!isOver()) become({ status: "failed", error });
      throw error;
    } finally {
      if (!isOver()) this.#meanwhile = undefined;
    }
  }
}
