import type { SqlClient, SqlConnection } from "@repo/realtime-postgres";

/** A client that counts the statements that match. */
export class CountingClient implements SqlClient {
  readonly #client: SqlClient;
  readonly #pattern: RegExp;
  #count = 0;

  constructor(client: SqlClient, pattern: RegExp) {
    this.#client = client;
    this.#pattern = pattern;
  }

  get count(): number {
    return this.#count;
  }

  query<Row>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]> {
    this.#note(sql);
    return this.#client.query<Row>(sql, values);
  }

  transaction: SqlClient["transaction"] = (work, isolation) =>
    this.#client.transaction((connection) => work(this.#counting(connection)), isolation);

  listen: SqlClient["listen"] = (channel, listener) => this.#client.listen(channel, listener);
  session: SqlClient["session"] = () => this.#client.session();
  close: SqlClient["close"] = () => this.#client.close();

  #counting(connection: SqlConnection): SqlConnection {
    return {
      query: (sql, values) => {
        this.#note(sql);
        return connection.query(sql, values);
      },
      execute: (script) => connection.execute(script),
    };
  }

  #note(sql: string): void {
    if (this.#pattern.test(sql)) this.#count += 1;
  }
}
