import { expect } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import type { ChangeBatch, ChangeConsumer, RowChange } from "./row-change.js";
import { Snapshot } from "./snapshot.js";

/**
 * A copy of a table with an `id`, kept by a feed alone, as a live query keeps one. Every change has to fit what the changes before it
 * have made of its row: one that is missing, comes twice or comes in another order does not fit.
 */
export class TableCopy implements ChangeConsumer {
  readonly problems: string[] = [];
  losses = 0;
  applied = 0;
  readonly #client: SqlClient;
  readonly #table: string;
  #rows = new Map<string, string>();
  #readIn: Snapshot | undefined;

  constructor(client: SqlClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  get rows(): readonly string[] {
    return [...this.#rows.values()].toSorted();
  }

  async onChanges({ changes }: ChangeBatch): Promise<void> {
    if (!this.#readIn) await this.read();
    for (const change of changes) if (!this.#readIn?.shows(change.xid)) this.#apply(change);
  }

  async onLost(snapshot: Snapshot): Promise<void> {
    this.losses += 1;
    await this.read();
    if (this.#readIn && this.#readIn.xmax < snapshot.xmax) this.problems.push("read in an older snapshot");
  }

  /** Reads the whole table; changes that it shows already are left out from then on. */
  async read(): Promise<void> {
    await this.#client.transaction(async (connection) => {
      const rows = await connection.query<{ row: unknown }>(`select to_jsonb(t) as row from ${this.#table} t`);
      const [now] = await connection.query<{ snapshot: string }>("select pg_current_snapshot()::text as snapshot");
      this.#readIn = Snapshot.parse(now?.snapshot ?? expect.unreachable());
      this.#rows = new Map(rows.map(({ row }) => [idOf(row), textOf(row)]));
    }, "repeatable read");
  }

  #apply({ kind, before, after, xid }: RowChange): void {
    this.applied += 1;
    const id = idOf(before ?? after);
    const known = this.#rows.get(id);
    if (known !== (before && textOf(before))) this.problems.push(`${kind} ${id} of ${xid} follows ${known}`);
    if (after) this.#rows.set(idOf(after), textOf(after));
    else this.#rows.delete(id);
  }
}

function idOf(row: unknown): string {
  return typeof row === "object" && row !== null && "id" in row ? String(row.id) : "";
}

function textOf(row: unknown): string {
  return JSON.stringify(row);
}
