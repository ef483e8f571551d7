import type { SqlConnection } from "./sql-client.js";

/** A connection that is refused once its transaction is over: a statement that was not awaited would run in another caller's. */
export class TransactionConnection implements SqlConnection {
  readonly #connection: SqlConnection;
  #isOver = false;

  constructor(connection: SqlConnection) {
    this.#connection = connection;
  }

  end(): void {
    this.#isOver = true;
  }

  async query<Row>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]> {
    this.#refuseWhenOver();
    return this.#connection.query<Row>(sql, values);
  }

  async execute(script: string): Promise<void> {
    this.#refuseWhenOver();
    return this.#connection.execute(script);
  }

  #refuseWhenOver(): void {
    if (this.#isOver) throw new TypeError("This transaction is over. Await every statement inside of it.");
  }
}
