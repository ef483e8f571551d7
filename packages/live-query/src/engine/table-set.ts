import type { RealtimeUser } from "@repo/core-realtime";
import type { SqlClient } from "@repo/realtime-postgres";
import { QueryRefusal } from "../query/query-refusal.js";
import type { LiveTable } from "../table/live-table.js";
import { describeTable, type TableDescription } from "../table/table-catalog.js";
import { TableState } from "./table-state.js";

export interface TableSetOptions {
  readonly client: SqlClient;
  readonly tables: readonly LiveTable[];
  readonly timeoutMs: number;
  readonly onError: (cause: unknown) => void;
}

/** The tables that clients may query, as the database has them. */
export class TableSet {
  readonly #options: TableSetOptions;
  #states: ReadonlyMap<string, TableState> = new Map();
  #isDescribed = false;

  constructor(options: TableSetOptions) {
    this.#options = options;
    if (new Set(options.tables.map(({ name }) => name)).size < options.tables.length)
      throw new TypeError("createLiveQueries: a table is listed twice.");
  }

  /**
   * Reads their description from the database. Rejects with a `TypeError` where a table cannot be live; when this is not the first time, that is
   * reported, and the table is not exposed any more, while the others follow what has changed.
   */
  async describe(): Promise<void> {
    const { client, tables, timeoutMs, onError } = this.#options;
    const onUndecidable = (table: string, role: string, why: readonly string[]) =>
      onError(new TypeError(undecidable(table, role, why)));
    const describe = async (live: LiveTable): Promise<readonly TableState[]> => {
      try {
        const description = await describeTable(client, live);
        if (!description.hasPolicy && !this.#isDescribed) onError(new TypeError(unreadable(description)));
        return [new TableState(description, { client, timeoutMs, onUndecidable })];
      } catch (cause) {
        if (!this.#isDescribed || !(cause instanceof TypeError)) throw cause;
        onError(cause);
        return [];
      }
    };
    const states = await Promise.all(tables.map(describe));
    this.#isDescribed = true;
    this.#states = new Map(states.flat().map((state) => [state.description.live.name, state]));
  }

  /** The table of this name. Throws a `QueryRefusal` where it is not exposed to the user. */
  of(name: string, user: RealtimeUser | null): TableState {
    this.checkDescribed();
    const state = this.#states.get(name);
    if (!state?.description.live.authorize(user)) throw new QueryRefusal(`There is no table "${name}".`);
    return state;
  }

  /** Throws a `TypeError` where `describe` was never called. */
  checkDescribed(): void {
    if (!this.#isDescribed)
      throw new TypeError("The live queries are not started. Await live.start() before the node serves.");
  }

  all(): Iterable<TableState> {
    return this.#states.values();
  }

  oids(): readonly string[] {
    return [...this.#states.values()].map(({ description }) => description.oid);
  }
}

function unreadable({ live, sqlName }: TableDescription): string {
  return `defineLiveTable("${live.name}"): the table has no policy for SELECT, so its queries give no rows. Run: create policy … on ${sqlName} for select using (…);`;
}

function undecidable(table: string, role: string, why: readonly string[]): string {
  return `The policies of "${table}" for "${role}" cannot be decided on a changed row: ${why.join("; ")}. Its queries are run again with each change. Write the function with BEGIN ATOMIC, or name the tables that it reads in dependsOn.`;
}
