import type { EntityChange } from "./entity-change.js";

/** Where changes go once they are written. */
export interface ChangeOutlet {
  /** Throws where nothing may be written here any more. */
  assertOpen(): void;
  /** Resolves when it has published, or kept; never rejects. */
  take(change: EntityChange): Promise<void>;
}

/** Keeps the changes of one try of a transaction, in order, until its outcome is known. */
export class ChangeBuffer implements ChangeOutlet {
  readonly #outer: ChangeOutlet;
  readonly #changes: EntityChange[] = [];
  #state: "open" | "committed" | "rolled back" = "open";

  constructor(outer: ChangeOutlet) {
    this.#outer = outer;
  }

  assertOpen(): void {
    if (this.#state !== "open")
      throw new TypeError(`This transaction was ${this.#state}; write through the repository itself.`);
  }

  async take(change: EntityChange): Promise<void> {
    if (this.#state === "open") this.#changes.push(change);
    if (this.#state === "committed") await this.#outer.take(change); // begun before the commit and not waited for
  }

  async commit(): Promise<void> {
    this.#state = "committed";
    await Promise.all(this.#changes.map((change) => this.#outer.take(change)));
  }

  rollBack(): void {
    this.#state = "rolled back";
  }
}
