/** What runs a statement: a client of Postgres, or a transaction of one. */
export interface SqlRunner {
  query<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

/** A client of Postgres, by structure: `PgClient` and `PgliteClient` of `@repo/realtime-postgres` are. Transactions are READ COMMITTED. */
export interface SqlClient extends SqlRunner {
  transaction<Result>(run: (tx: SqlRunner) => Promise<Result>): Promise<Result>;
}
