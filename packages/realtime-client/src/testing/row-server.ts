import type { CollectionChange, Mutation } from "../optimistic/collection-change.js";

/** A row that remembers its birth, so that a test can distinguish one that is shown twice from two. */
export interface BornRow {
  readonly id: string;
  readonly birth: string;
  readonly text: string;
  readonly version: number;
  readonly madeBy?: string | undefined;
}

/** A change of rows. */
export type RowStep =
  | { readonly kind: "create"; readonly birth: string; readonly id?: string | undefined }
  | { readonly kind: "update"; readonly id: string; readonly text: string }
  | { readonly kind: "delete"; readonly id: string };

/** What the server does with it. */
export type Mood = "replies with the row" | "replies with nothing" | "refuses";

/** A server of rows, as a model: steps wait for it, its messages are in order, its replies come at any time. */
export class RowServer {
  readonly rows = new Map<string, BornRow>();
  readonly #requests: (() => void)[] = [];
  readonly #messages: CollectionChange<BornRow>[] = [];
  readonly #replies: (() => void)[] = [];
  #ids = 0;
  #version = 0;

  /** What is open: steps to be done, messages and replies to be delivered. */
  get isIdle(): boolean {
    return this.#requests.length + this.#messages.length + this.#replies.length === 0;
  }

  request(step: RowStep, { mutationId }: Mutation, mood: Mood): Promise<BornRow | undefined> {
    return new Promise((resolve, reject) => {
      this.#requests.push(() => {
        const row = mood === "refuses" ? undefined : this.do(step, mutationId);
        this.#replies.push(() => {
          if (!row) reject(new Error("refused"));
          else resolve(mood === "replies with the row" && step.kind !== "delete" ? row : undefined);
        });
      });
    });
  }

  /** Does a step and publishes it; undefined where there is nothing to do it to. */
  do(step: RowStep, mutationId?: string): BornRow | undefined {
    const version = (this.#version += 1);
    const known = step.kind === "create" ? undefined : this.rows.get(step.id);
    if (step.kind !== "create" && !known) return undefined;
    if (step.kind === "delete") {
      this.rows.delete(step.id);
      this.#messages.push({ kind: "remove", id: step.id, version, mutationId });
      return known;
    }
    const row =
      step.kind === "create"
        ? { id: step.id ?? `${(this.#ids += 1)}`, birth: step.birth, text: "", version, madeBy: mutationId }
        : { id: step.id, birth: "", ...known, text: step.text, version };
    this.rows.set(row.id, row);
    this.#messages.push({ kind: "put", row, mutationId });
    return row;
  }

  work(): void {
    this.#requests.shift()?.();
  }

  reply(): void {
    this.#replies.shift()?.();
  }

  message(): CollectionChange<BornRow> | undefined {
    return this.#messages.shift();
  }
}
