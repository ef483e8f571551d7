import type { RawResult } from "../../worker/raw-query.mjs";
import { abortedTransaction } from "./pg-errors.js";
import type { NotifyListener } from "./sql-client.js";

/** Statements of PGlite, with values as Postgres' own text. */
export interface PgliteStatements {
  query(sql: string, values: readonly (string | null)[]): Promise<RawResult>;
  /** Several statements; resolves with the last command, such as `COMMIT`. */
  execute(script: string): Promise<string | undefined>;
}

export type Isolation = "repeatable read";

/** PGlite, wherever it runs: in a thread of ours, or an object of the app's. One session: what is called first runs first, alone. */
export interface PgliteEngine extends PgliteStatements {
  /** Rejects with a code of SQLSTATE, or with what `work` rejected with. */
  transaction<T>(work: (statements: PgliteStatements) => Promise<T>, isolation?: Isolation): Promise<T>;
  listen(channel: string, listener: NotifyListener): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** A transaction on statements that no other caller uses meanwhile. */
export async function transactionOn<T>(
  statements: PgliteStatements,
  work: (statements: PgliteStatements) => Promise<T>,
  isolation?: Isolation,
): Promise<T> {
  await statements.execute(isolation ? `begin isolation level ${isolation}` : "begin");
  try {
    const result = await work(statements);
    if ((await statements.execute("commit")) === "ROLLBACK") throw abortedTransaction();
    return result;
  } catch (error) {
    await statements.execute("rollback").catch(() => undefined); // `error` is more precise
    throw error;
  }
}
