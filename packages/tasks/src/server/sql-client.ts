/** What runs a statement: PGlite, `pg`, or a transaction of one of them. */
export interface SqlRunner {
  query<Row>(text: string, values?: unknown[]): Promise<{ readonly rows: Row[] }>;
}

/** A client of Postgres, by structure. It runs one transaction at a time, and what is outside waits: PGlite's does. */
export interface SqlClient extends SqlRunner {
  transaction<Result>(run: (tx: SqlRunner) => Promise<Result>): Promise<Result>;
}
