import { createRealtimeClient } from "../index.js";
import { createMutations } from "../query.js";
import type { DatabaseOfKysely } from "./database-of-kysely.js";

// Must compile, or must not: `tsc` is the test.
interface ColumnType<Select, Insert, Update> {
  readonly __select__: Select;
  readonly __insert__: Insert;
  readonly __update__: Update;
}
interface DB {
  notes: {
    id: ColumnType<string, string | undefined, string>;
    body: string;
    version: ColumnType<number, never, never>;
    created_at: ColumnType<Date, never, never>;
  };
}

const client = createRealtimeClient({ url: "/realtime" });
const { createRecord, updateRecord } = createMutations<DatabaseOfKysely<DB>>(client);

export const made: Promise<{ readonly id: string; readonly version: number; readonly created_at: string }> =
  createRecord("notes", { body: "without what the database fills in" });
await updateRecord("notes", "7", { body: "better" });
// @ts-expect-error a column that is only read
await createRecord("notes", { body: "", version: 2 });
// @ts-expect-error a column that is only read
await updateRecord("notes", "7", { created_at: "2024-01-01" });
// @ts-expect-error a column is missing
await createRecord("notes", { id: "7" });
