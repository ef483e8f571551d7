import { validate, type Schema } from "@repo/core-realtime";
import type { TableDescription } from "../table/table-catalog.js";
import type { BoundChange } from "./change-sql.js";
import { ChangeRefusal } from "./change-refusal.js";
import type { RecordChange, RecordValues, RowId } from "./record-change.js";

/** Checks a change against what its table lets clients write; rejects with a `ChangeRefusal`. */
export async function bindChange(change: RecordChange, table: TableDescription): Promise<BoundChange> {
  const { live } = table;
  const given = change.op === "create" ? change.row : change.op === "update" ? change.set : {};
  checkColumns(given, table);
  if (change.op === "update" && Object.keys(given).length === 0)
    throw new ChangeRefusal("invalid", "The update changes no column.");
  const schema = change.op === "create" ? live.schema.create : live.schema.update;
  const values = change.op === "delete" || !schema ? given : await read(schema, given);
  checkColumns(values, table);
  const expected = change.op === "create" ? undefined : change.expect?.version;
  if (expected !== undefined && live.version === undefined)
    throw new ChangeRefusal("invalid", `Table "${live.name}" has no version to expect.`);
  return { table, values, id: change.op === "create" ? {} : idOf(change.id, table), version: expected };
}

/** After the schema as well: what it adds is subject to the same list. */
function checkColumns(values: RecordValues, { live }: TableDescription): void {
  const other = Object.keys(values).find((name) => !live.writable.has(name));
  if (other !== undefined)
    throw new ChangeRefusal("forbidden", `Column "${other}" of table "${live.name}" is not written by clients.`);
}

async function read(schema: Schema, values: RecordValues): Promise<RecordValues> {
  const validated = await validate(schema, values);
  if (!validated.fits) throw new ChangeRefusal("invalid", validated.why);
  if (typeof validated.value !== "object" || validated.value === null)
    throw new TypeError("The schema of a live table must return the columns to write, as an object.");
  return { ...validated.value };
}

function idOf(id: RowId, { key, live }: TableDescription): RecordValues {
  const [first = ""] = key;
  if (typeof id !== "object") {
    if (key.length === 1) return { [first]: id };
    throw new ChangeRefusal(
      "invalid",
      `A row of "${live.name}" has a key of ${key.length} columns: ${key.join(", ")}.`,
    );
  }
  const names = Object.keys(id);
  if (names.length !== key.length || !key.every((name) => Object.hasOwn(id, name)))
    throw new ChangeRefusal("invalid", `The key of "${live.name}" is ${key.join(", ")}.`);
  return id;
}
