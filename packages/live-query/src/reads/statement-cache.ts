import type { SqlClient } from "@repo/realtime-postgres";
import { analyseStatement } from "./analyse-statement.js";
import type { StatementReads } from "./read-set.js";

const MAX_STATEMENTS = 2_000;
const CHECK_MS = 1_000; // how long a change of the catalogue may go unnoticed

/** Another text after every change of a table, view, function or policy. Not of the tables of the schema `realtime`, of which some are emptied all the time. */
const VERSION = `
  select coalesce(sum(hashtextextended(part, 0)::numeric), 0)::text as version from (
    select 'c' || c.xmin || c.ctid from pg_catalog.pg_class c
      where c.oid >= 16384 and c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relpersistence <> 't' and c.relnamespace <> coalesce(to_regnamespace('realtime'), 0)
    union all select 'a' || a.xmin || a.ctid from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
      where a.attrelid >= 16384 and c.relkind in ('r', 'p') and c.relpersistence <> 't' and c.relnamespace <> coalesce(to_regnamespace('realtime'), 0)
    union all select 'f' || p.xmin || p.ctid from pg_catalog.pg_proc p where p.oid >= 16384
    union all select 'r' || r.xmin || r.ctid from pg_catalog.pg_rewrite r where r.oid >= 16384
    union all select 'p' || p.xmin || p.ctid from pg_catalog.pg_policy p
    union all select 'i' || i.xmin || i.ctid from pg_catalog.pg_inherits i
    union all select 's' || current_setting('search_path')
  ) found (part)`;

/** What statements read, by their text. Forgotten when the catalogue has changed, which is noticed within a second. */
export class StatementCache {
  readonly #client: Pick<SqlClient, "query" | "transaction">;
  readonly #now: () => number;
  #known = new Map<string, Promise<StatementReads>>();
  #version: string | undefined;
  #checkedAt = -Infinity;
  #checking: Promise<void> | undefined;

  constructor(client: Pick<SqlClient, "query" | "transaction">, now: () => number = () => performance.now()) {
    this.#client = client;
    this.#now = now;
  }

  /** Rejects with a `SqlError`, and remembers that no longer than the error lasts. */
  async reads(sql: string): Promise<StatementReads> {
    if (this.#now() - this.#checkedAt >= CHECK_MS) await (this.#checking ??= this.#check());
    const known = this.#known.get(sql) ?? this.#analyse(sql);
    this.#known.delete(sql); // the youngest is the last
    this.#known.set(sql, known);
    return known;
  }

  #analyse(sql: string): Promise<StatementReads> {
    const reads = analyseStatement(this.#client, sql);
    const known = this.#known;
    reads.catch(() => known.delete(sql));
    const [oldest] = known.keys();
    if (known.size >= MAX_STATEMENTS && oldest !== undefined) known.delete(oldest);
    return reads;
  }

  async #check(): Promise<void> {
    try {
      const at = this.#now();
      const [row] = await this.#client.query<{ readonly version: string }>(VERSION);
      if (row?.version !== this.#version) this.#known = new Map();
      this.#version = row?.version;
      this.#checkedAt = at;
    } finally {
      this.#checking = undefined;
    }
  }
}
