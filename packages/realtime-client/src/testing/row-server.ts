import type { CollectionChange, Mutation } from "../optimistic/collection-change.js";

/** A row that remembers its birth, so that a test can tell one that is shown twice from two. */
export interface BornRow {
  readonly id: string;
  readonly birth: string;
  readonly text: string;
  readonly version: number;
  readonly madeBy?: string | undefined;
}

/** What one does to rows. */
export type RowDeed =
  | { readonly kind: "create"; readonly birth: string; readonly id?: string | undefined }
  | { readonly kind: "update"; readonly id: string; readonly text: string }
  | { readonly kind: "delete"; readonly id: string };

/** What the server does with it. */
export type Mood = "answers with the row" | "answers with nothing" | "refuses";

/** A server of rows, as a model: deeds wait for it, its messages are in order, its answers come whenever they like. */
export class RowServer {
  readonly rows = new Map<string, BornRow>();
  readonly #asked: (() => void)[] = [];
  readonly #messages: CollectionChange<BornRow>[] = [];
  readonly #answers: (() => void)[] = [];
  #ids = 0;
  #version = 0;

  /** What is open: deeds to be done, messages and answers to be delivered. */
  get isIdle(): boolean {
    return this.#asked.length + this.#messages.length + this.#answers.length === 0;
  }

  ask(deed: RowDeed, { mutationId }: Mutation, mood: Mood): Promise<BornRow | undefined> {
    return new Promise((resolve, reject) => {
      this.#asked.push(() => {
        const row = mood === "refuses" ? undefined : this.do(deed, mutationId);
        this.#answers.push(() => {
          if (!row) reject(new Error("refused"));
          else resolve(mood === "answers with the row" && deed.kind !== "delete" ? row : undefined);
        });
      });
    });
  }

  /** Does a deed and tells everybody; undefined where there is nothing to do it to. */
  do(deed: RowDeed, mutationId?: string): BornRow | undefined {
    const version = (this.#version += 1);
    const known = deed.kind === "create" ? undefined : this.rows.get(deed.id);
    if (deed.kind !== "create" && !known) return undefined;
    if (deed.kind === "delete") {
      this.rows.delete(deed.id);
      this.#messages.push({ kind: "remove", id: deed.id, version, mutationId });
      return known;
    }
    const row =
      deed.kind === "create"
        ? { id: deed.id ?? `${(this.#ids += 1)}`, birth: deed.birth, text: "", version, madeBy: mutationId }
        : { id: deed.id, birth: "", ...known, text: deed.text, version };
    this.rows.set(row.id, row);
    this.#messages.push({ kind: "put", row, mutationId });
    return row;
  }

  work(): void {
    this.#asked.shift()?.();
  }

  answer(): void {
    this.#answers.shift()?.();
  }

  message(): CollectionChange<BornRow> | undefined {
    return this.#messages.shift();
  }
}
