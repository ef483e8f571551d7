import { Snapshot, SqlError, type SqlClient } from "@repo/realtime-postgres";
import { readSetOf, unionOfReads, type ReadSet } from "./read-set.js";
import { recordings, type Recording } from "./recording.js";
import { StatementCache } from "./statement-cache.js";

/** What a work has returned, and what it read. */
export interface RecordedReads<T> {
  /** What the work has resolved with. */
  readonly result: T;
  /** Every row that a tracked driver has read meanwhile. */
  readonly reads: ReadSet;
  /** From before the work: what it shows, the work has seen. */
  readonly snapshot: Snapshot;
  /** What the work may have read beside that: functions that cannot be looked into, statements that could not be analysed. Empty where it called `trackTableRead`. */
  readonly unknown: readonly string[];
}

type ReadingClient = Pick<SqlClient, "query" | "transaction">;

const caches = new WeakMap<ReadingClient, StatementCache>();

/**
 * Runs a work and records which rows it reads, through tracked drivers, also in nested asynchronous work. `client` must see the same
 * tables under the same names as the drivers do; it reads the snapshot and analyses the statements.
 * @example
 * const db = trackKysely(new Kysely({ dialect }));
 * const { result, reads, snapshot } = await recordReads(client, () => db.selectFrom("widgets").selectAll().execute());
 */
export async function recordReads<T>(client: ReadingClient, work: () => Promise<T> | T): Promise<RecordedReads<T>> {
  const outer = recordings.getStore();
  const recording = new OpenRecording(outer);
  const snapshot = await currentSnapshot(client);
  const result = await recordings.run(recording, async () => work());
  return { result, snapshot, ...(await readsOf(client, recording)) };
}

/** What is visible now. */
export async function currentSnapshot(client: Pick<SqlClient, "query">): Promise<Snapshot> {
  const [row] = await client.query<{ readonly snapshot: string }>("select pg_current_snapshot()::text as snapshot");
  return Snapshot.parse(row?.snapshot ?? "");
}

/** What is recorded counts for the work around it too. */
class OpenRecording implements Recording {
  readonly statements = new Map<string, readonly [sql: string, values: readonly unknown[]]>();
  readonly tables = new Set<string>();
  readonly #outer: Recording | undefined;
  #count = 0;

  constructor(outer: Recording | undefined) {
    this.#outer = outer;
  }

  statement(sql: string, values: readonly unknown[]): void {
    this.#outer?.statement(sql, values);
    this.statements.set(values.length === 0 ? sql : `${(this.#count += 1)}`, [sql, values]);
  }

  table(name: string): void {
    this.#outer?.table(name);
    this.tables.add(name);
  }
}

async function readsOf(client: ReadingClient, { statements, tables }: OpenRecording) {
  const cache = caches.get(client) ?? new StatementCache(client);
  caches.set(client, cache);
  const unknown = new Set<string>();
  const sets: ReadSet[] = [...(await tablesByName(cache, tables))];
  for (const [sql, values] of statements.values())
    try {
      const reads = await cache.reads(sql);
      for (const name of reads.unknown) unknown.add(name);
      sets.push(readSetOf(reads, values));
    } catch (error) {
      if (!(error instanceof SqlError) || error.isUnavailable) throw error;
      unknown.add(`${sql.slice(0, 60)} (${error.message})`); // a temporary table, for instance, which another connection does not see
    }
  return { reads: unionOfReads(sets), unknown: tables.size > 0 ? [] : [...unknown] };
}

/** Also a view, whose tables these are. */
async function tablesByName(cache: StatementCache, names: Iterable<string>): Promise<readonly ReadSet[]> {
  const sets: ReadSet[] = [];
  for (const name of names)
    try {
      sets.push(readSetOf(await cache.reads(`table ${name}`)));
    } catch (cause) {
      if (!(cause instanceof SqlError) || cause.isUnavailable) throw cause;
      throw new TypeError(`trackTableRead("${name}"): ${cause.message}. Write the name as SQL does, with its schema.`, {
        cause,
      });
    }
  return sets;
}
