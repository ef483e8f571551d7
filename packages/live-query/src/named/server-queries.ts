import { validate } from "@repo/core-realtime";
import { SqlError, type RowImage, type SqlClient } from "@repo/realtime-postgres";
import type { NamedQueries, NamedRequest, PreparedQuery } from "../engine/prepared-queries.js";
import { keyOf, type WindowPlan } from "../engine/window-plan.js";
import { QueryRefusal } from "../query/query-refusal.js";
import { analyseStatement, readSetOf, type ReadSet, type StatementReads } from "../reads/index.js";
import type { Statement } from "../sql/query-sql.js";
import { checkWatched, oidsOf } from "../table/watched-tables.js";
import { limited, rowAt, statementOf, type NamedStatement } from "./built-statement.js";
import type { LiveQuery } from "./live-query.js";

export interface ServerQueriesOptions {
  readonly client: SqlClient;
  readonly queries: readonly LiveQuery[];
}

const MAX_ROWS = 1_000;
const MAX_STATEMENTS = 1_000; // texts whose reads are remembered

/** The queries that the server has written, by their names. */
export class ServerQueries implements NamedQueries {
  readonly #client: SqlClient;
  readonly #queries: ReadonlyMap<string, LiveQuery>;
  readonly #reads = new Map<string, Promise<StatementReads>>();

  constructor({ client, queries }: ServerQueriesOptions) {
    this.#client = client;
    this.#queries = new Map(queries.map((query) => [query.name, query]));
    if (this.#queries.size < queries.length) throw new TypeError("createLiveQueries: two queries have one name.");
  }

  async prepare({ name, args, user }: NamedRequest): Promise<PreparedQuery> {
    const query = this.#queries.get(name);
    if (!query) throw new QueryRefusal(`There is no query "${name}".`);
    const validated = await validate(query.options.args, args);
    if (!validated.fits) throw new QueryRefusal(`Query "${name}": ${validated.why}`);
    const built = statementOf(name, query.build(validated.value, user));
    const { maxRows = MAX_ROWS } = query.options;
    const statement = limited(built, maxRows + 1);
    const isOwner = query.options.runAs === "owner";
    const plan: WindowPlan = {
      read: reader(query, { ...statement, paths: built.paths }),
      shape: { compare: undefined, keyOf: keyIn(query), rowOf: (image) => image, limit: maxRows, ahead: 1 },
      key: query.options.key ?? [],
      isBounded: true,
      state: undefined,
      reads: await this.#readsOf(query, built),
      sharing: isOwner ? "same for all" : "private",
      incremental: undefined,
      pins: {},
    };
    return { text: JSON.stringify([name, statement.sql, statement.values]), plan, visibility: undefined };
  }

  /** Tables or functions may have changed. */
  forget(): void {
    this.#reads.clear();
  }

  async #readsOf(query: LiveQuery, { sql, values }: Statement): Promise<ReadSet> {
    const known = this.#reads.get(sql);
    const reading = known ?? this.#analyse(query, sql);
    if (!known) {
      if (this.#reads.size >= MAX_STATEMENTS) this.#reads.delete(this.#reads.keys().next().value ?? "");
      this.#reads.set(sql, reading);
      reading.catch(() => this.#reads.delete(sql));
    }
    return readSetOf(await reading, values);
  }

  async #analyse({ name, options }: LiveQuery, sql: string): Promise<StatementReads> {
    const found = await analyseStatement(this.#client, sql).catch((cause: unknown) => {
      if (!(cause instanceof SqlError) || cause.isUnavailable) throw cause;
      throw new TypeError(`liveQuery("${name}"): Postgres does not take the statement: ${cause.message}`, { cause });
    });
    const declared = await oidsOf(this.#client, options.reads ?? []);
    if (found.unknown.length > 0 && declared.length === 0)
      throw new TypeError(
        `liveQuery("${name}"): what ${found.unknown.join(", ")} reads cannot be seen, so its changes would be missed. Name the tables in \`reads\`, or write the function with BEGIN ATOMIC.`,
      );
    const tables = [...found.tables, ...declared.map((table) => ({ table, equals: undefined }))];
    await checkWatched(
      this.#client,
      `liveQuery("${name}")`,
      tables.map(({ table }) => table),
    );
    return { tables, unknown: [] };
  }
}

function keyIn({ options }: LiveQuery): (image: RowImage) => string {
  return options.key ? keyOf(options.key) : (image) => JSON.stringify(image);
}

/** Rows as the driver has them, as JSON: a timestamp is its ISO text. */
function reader({ name, options }: LiveQuery, { sql, values, paths }: NamedStatement): WindowPlan["read"] {
  return async (connection) => {
    if (options.runAs === "owner") await connection.query("select set_config('role', 'none', true)");
    const rows = await connection.query<RowImage>(sql, values);
    const images = rows.map((row): RowImage => rowAt(JSON.parse(JSON.stringify(row)), paths));
    const missing = images[0] && options.key?.find((column) => !Object.hasOwn(images[0] ?? {}, column));
    if (missing !== undefined)
      throw new TypeError(`liveQuery("${name}"): the result has no column "${missing}", which its key names.`);
    return images;
  };
}
