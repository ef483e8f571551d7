import { SqlError, type SqlClient, type SqlConnection } from "@repo/realtime-postgres";
import { ReadsCollector } from "./reads-collector.js";
import type { StatementReads } from "./read-set.js";
import { isOpaque, isPlanned, splitStatements, type SqlStatement } from "./sql-text.js";
import { statementTree } from "./statement-tree.js";

/**
 * Which tables a text of SQL reads, through views, functions and row-level security; with the values that columns must have, where they
 * are parameters. Runs none of its statements. Rejects with a `SqlError` where Postgres does not take a statement.
 * @example
 * const reads = await analyseStatement(client, "select * from annotations where widget_id = $1");
 * readSetOf(reads, [7]); // [{ table: "16412", equals: { column: "widget_id", value: 7 } }]
 */
export async function analyseStatement(client: Pick<SqlClient, "transaction">, sql: string): Promise<StatementReads> {
  const statements = statementsOf(sql);
  const unknown = statements.filter(isOpaque).map(({ verb }) => verb.toUpperCase());
  const planned = statements.filter(isPlanned);
  if (planned.length === 0) return { tables: [], unknown: [...new Set(unknown)] };
  const reads = await rolledBack(client, async (connection) => {
    await connection.query("set local standard_conforming_strings = on");
    const collector = new ReadsCollector(connection);
    for (const { text } of planned) await collector.addStatement(await statementTree(connection, text));
    return collector.reads();
  });
  return { tables: reads.tables, unknown: [...new Set([...unknown, ...reads.unknown])] };
}

function statementsOf(sql: string): readonly SqlStatement[] {
  try {
    return splitStatements(sql);
  } catch (cause) {
    throw new SqlError(cause instanceof Error ? cause.message : String(cause), {
      code: "42601",
      isUnavailable: false,
      cause,
    });
  }
}

/** A transaction that leaves nothing behind. */
async function rolledBack<T>(
  client: Pick<SqlClient, "transaction">,
  work: (connection: SqlConnection) => Promise<T>,
): Promise<T> {
  const done: { result?: T } = {};
  await client
    .transaction(async (connection) => {
      done.result = await work(connection);
      throw ROLL_BACK;
    })
    .catch((error: unknown) => {
      if (error !== ROLL_BACK) throw error;
    });
  return done.result as T; // set, or an error was thrown
}

const ROLL_BACK = new Error("Rolled back on purpose.");
