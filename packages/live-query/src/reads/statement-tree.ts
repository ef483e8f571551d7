import { SqlError, type SqlConnection } from "@repo/realtime-postgres";
import { atomOf, eachNode, fieldOf, isList, parseNodeTree, type TreeValue } from "./node-tree.js";

let count = 0;

/**
 * The parse tree of one statement: it becomes the body of a temporary function, which nothing calls. In a transaction that the caller
 * rolls back. Rejects with a `SqlError` where the statement has an error.
 */
export async function statementTree(connection: SqlConnection, sql: string): Promise<TreeValue> {
  const name = `fourgate_${(count += 1)}`;
  await connection.query(`prepare ${name} as ${sql}`); // parses, plans and runs nothing
  const [prepared] = await connection.query<{ readonly types: readonly string[] }>(
    `select array(select pg_catalog.format_type(type, null) from unnest(parameter_types) with ordinality as p (type, place) order by place)
       as types from pg_catalog.pg_prepared_statements where name = $1`,
    [name],
  );
  await connection.query(`deallocate ${name}`); // which no rollback does
  return bodyTree(connection, { parameters: prepared?.types ?? [], body: sql });
}

export interface FunctionBody {
  /** Types, or names and types. */
  readonly parameters: readonly string[];
  /** Statements, separated by `;`. */
  readonly body: string;
}

/** The parse tree of a function's body. */
export async function bodyTree(connection: SqlConnection, { parameters, body }: FunctionBody): Promise<TreeValue> {
  const name = `fourgate_${(count += 1)}`;
  await connection.query(
    `create function pg_temp.${name} (${parameters.join(", ")}) returns void language sql begin atomic select 258::integer; ${body}\n; end`,
  );
  const [made] = await connection.query<{ readonly tree: string }>(
    `select prosqlbody::text as tree from pg_catalog.pg_proc where proname = $1 and pronamespace = pg_catalog.pg_my_temp_schema()`,
    [name],
  );
  const statements = firstList(parseNodeTree(made?.tree ?? ""));
  if (!isLittleEndian(statements[0])) throw new SqlError(BYTE_ORDER, { isUnavailable: false });
  return statements.slice(1);
}

const BYTE_ORDER = "The server's bytes are in an order that this package does not read: no statement can be analysed.";

/** A body is a list in a list. */
function firstList(tree: TreeValue): readonly TreeValue[] {
  const [inner] = isList(tree) ? tree : [];
  return isList(inner) ? inner : [];
}

/** The body's first statement selects 258, which is the bytes 2 and 1. */
function isLittleEndian(statement: TreeValue): boolean {
  for (const node of eachNode(statement)) {
    const value = fieldOf(node, "constvalue");
    if (node.name === "CONST" && atomOf(node, "consttype") === "23" && isList(value))
      return JSON.stringify(value[1]).startsWith('["2","1","0","0"');
  }
  return false;
}
