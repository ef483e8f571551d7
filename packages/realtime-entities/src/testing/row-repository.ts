import { randomUUID } from "node:crypto";
import type { EntityRepository } from "../entity-repository.js";
import type { WriteOptions } from "../write-options.js";

/** A row with a version of its own. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly version: number;
}

type Draft = Pick<Row, "id" | "title">;

/** Rows in memory, with real transactions: what is written in one is visible to no other until it commits. */
export class RowRepository implements EntityRepository<Row, Draft, { readonly title: string }> {
  #rows = new Map<string, Row>();
  readonly #options: WriteOptions[];
  #commitFailure: Error | undefined;
  readonly name = "rows";

  constructor(rows: Iterable<Row> = [], options: WriteOptions[] = []) {
    for (const row of rows) this.#rows.set(row.id, row);
    this.#options = options;
  }

  /** The options of each write. */
  get options(): readonly WriteOptions[] {
    return this.#options;
  }

  /** Not a part of what is wrapped. */
  count(): number {
    return this.#rows.size;
  }

  /** The next commit fails with this. */
  failNextCommit(cause: Error): void {
    this.#commitFailure = cause;
  }

  async find(id: string): Promise<Row | undefined> {
    return this.#rows.get(id);
  }

  async create({ id = randomUUID(), title }: Draft, options: WriteOptions = {}): Promise<Row> {
    this.#options.push(options);
    return this.#put({ id, title, version: 1 });
  }

  async update(
    id: string,
    { title }: { readonly title: string },
    options: WriteOptions = {},
  ): Promise<Row | undefined> {
    this.#options.push(options);
    if (title === "") throw new Error("no title");
    const row = this.#rows.get(id);
    return row && this.#put({ id, title, version: row.version + 1 });
  }

  async delete(id: string): Promise<Row | undefined> {
    const row = this.#rows.get(id);
    this.#rows.delete(id);
    return row;
  }

  async transaction<Result>(run: (tx: RowRepository) => Promise<Result>): Promise<Result> {
    const tx = new RowRepository(this.#rows.values(), this.#options);
    const result = await run(tx);
    await Promise.resolve(); // a commit takes time
    const failure = this.#commitFailure;
    this.#commitFailure = undefined;
    if (failure) throw failure;
    this.#rows = tx.#rows;
    return result;
  }

  #put(row: Row): Row {
    this.#rows.set(row.id, row);
    return row;
  }
}
