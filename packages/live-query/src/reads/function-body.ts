import { SqlError, type SqlConnection } from "@repo/realtime-postgres";
import type { FunctionRow } from "./catalogue.js";
import { parseNodeTree, type TreeValue } from "./node-tree.js";
import { isPlanned, splitStatements } from "./sql-text.js";
import { bodyTree } from "./statement-tree.js";

/** What a function reads: nothing, what its tree shows, or unknown. */
export type FunctionBodyTree = "reads nothing" | "unknown" | { readonly tree: TreeValue };

/** Postgres' own functions and those of its extensions that read tables which they get as text. */
const READERS =
  /^((query|table|cursor|schema|database)_to_xml(schema|_and_xmlschema)?|ts_stat|dblink(_.*)?|crosstab.*|connectby|lo_(get|open|export))$/;

/** Reads a function's body. A body that is a text becomes one that is a tree, in a function that nothing calls. */
export async function functionBody(connection: SqlConnection, row: FunctionRow): Promise<FunctionBodyTree> {
  if (row.tree !== null) return { tree: parseNodeTree(row.tree) };
  if (row.language === "internal" || row.language === "c")
    return READERS.test(row.plainName) ? "unknown" : "reads nothing";
  if (row.isImmutable) return "reads nothing"; // which Postgres relies on as well
  if (row.language !== "sql") return "unknown";
  await connection.query("savepoint fourgate_body");
  try {
    const statements = splitStatements(row.source);
    if (!statements.every(isPlanned)) throw new SyntaxError("No statement that can be looked into.");
    if (row.searchPath !== null) await connection.query("select set_config('search_path', $1, true)", [row.searchPath]);
    const body = statements.map(({ text }) => text).join("\n;");
    return { tree: await bodyTree(connection, { parameters: row.parameters, body }) };
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof SqlError && !error.isUnavailable)) return "unknown";
    throw error;
  } finally {
    await connection.query("rollback to savepoint fourgate_body"); // the search path too
  }
}
