import type { AnyDatabase, DatabaseOf } from "./database.js";
import { liveQueriesOf, type QueryClient } from "./live-queries.js";
import type { ChangeOf, Expected, RecordChange, RecordId } from "./record-change.js";
import { RecordOverlay } from "./record-overlay.js";
import { uuidV7 } from "./uuid-v7.js";

/** The keys of an app's tables. */
export interface MutationOptions<Database> {
  /**
   * The key column of each table, where it is a UUID that clients make; `undefined` where the database makes the key, and then a new row
   * is shown when the server has sent it. Default: `id`.
   */
  readonly uuidKeys?: { readonly [Table in keyof Database]?: string | undefined };
}

/** The rows that the changes of a transaction have left. */
type RowsOf<Database extends DatabaseOf<Database>, Changes extends readonly ChangeOf<Database>[]> = {
  readonly [Index in keyof Changes]: Database[Changes[Index]["table"]]["row"] | null;
};

/** Changes of rows. Each shows at once, and is reverted where the server refuses it; the promise rejects with its reason then. */
export interface Mutations<Database extends DatabaseOf<Database>> {
  /** Adds a row; resolves with it as the database has it. */
  createRecord<Table extends keyof Database & string>(
    table: Table,
    row: Database[Table]["insert"],
  ): Promise<Database[Table]["row"]>;
  /** All or none. */
  createRecords<Table extends keyof Database & string>(
    table: Table,
    rows: readonly Database[Table]["insert"][],
  ): Promise<readonly Database[Table]["row"][]>;
  /** With `expect`, refused with CONFLICT where the row has another version by then. */
  updateRecord<Table extends keyof Database & string>(
    table: Table,
    id: RecordId,
    ...change: readonly [set: Database[Table]["update"], options?: Expected]
  ): Promise<Database[Table]["row"]>;
  /** Removes a row. */
  deleteRecord<Table extends keyof Database & string>(table: Table, id: RecordId, options?: Expected): Promise<void>;
  /** All of these changes, or none; resolves with the row that each has left. */
  transaction<const Changes extends readonly ChangeOf<Database>[]>(
    changes: Changes,
  ): Promise<RowsOf<Database, Changes>>;
}

/**
 * The mutations of a client, typed by a database.
 * @example
 * const { createRecord, updateRecord } = createMutations<Database>(client);
 * const note = await createRecord("annotations", { widget_id: id, body: "Nice" });
 * await updateRecord("annotations", note.id, { body: "Very nice" }, { expect: { version: note.version } });
 */
export function createMutations<Database extends DatabaseOf<Database> = AnyDatabase>(
  client: QueryClient,
  { uuidKeys = {} }: MutationOptions<Database> = {},
): Mutations<Database> {
  const queries = liveQueriesOf(client);
  const overlay = RecordOverlay.of(queries);

  const send = async (given: readonly RecordChange[]): Promise<readonly unknown[]> => {
    const changes = (JSON.parse(JSON.stringify(given)) as readonly RecordChange[]).map(withId);
    const settle = overlay.add(changes);
    try {
      return await queries.request("mutate", { id: uuidV7(), changes });
    } finally {
      settle();
    }
  };

  const withId = (change: RecordChange): RecordChange => {
    const { table } = change;
    const column = Object.hasOwn(uuidKeys, table) ? uuidKeys[table as keyof Database] : "id";
    return change.op === "create" && column ? { ...change, row: { [column]: uuidV7(), ...change.row } } : change;
  };

  const mutations: Mutations<AnyDatabase> = {
    createRecord: async (table, row) => (await mutations.createRecords(table, [row]))[0] ?? {},
    createRecords: (table, rows) => send(rows.map((row) => ({ op: "create", table, row }))) as Promise<never>,
    async updateRecord(table, id, ...[set, options]) {
      const [row] = await send([{ op: "update", table, id, set, ...options }]);
      return row as never; // the wire
    },
    async deleteRecord(table, id, options) {
      await send([{ op: "delete", table, id, ...options }]);
    },
    transaction: (changes) => send(changes) as Promise<never>,
  };
  return mutations as unknown as Mutations<Database>; // the wire has what the database's types describe
}
