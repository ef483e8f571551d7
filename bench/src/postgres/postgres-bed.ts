import { migrate, PgClient } from "@repo/realtime-postgres";
import { PostgresServer } from "@repo/postgres-testing";

/** The bench's own Postgres server, with databases for its scenarios. */
export class PostgresBed {
  readonly #server: PostgresServer;
  readonly version: number;

  private constructor(server: PostgresServer) {
    this.#server = server;
    this.version = server.version;
  }

  static async start(): Promise<PostgresBed> {
    return new PostgresBed(await PostgresServer.start({ settings: { shared_buffers: "256MB" } }));
  }

  /** A migrated database in which anybody may subscribe to `bench:%`. */
  async openDatabase(): Promise<{ readonly connectionString: string; close(): Promise<void> }> {
    const database = await this.#server.createDatabase();
    const { connectionString } = database;
    const client = new PgClient({ connectionString });
    try {
      await migrate(client);
      await client.query("insert into realtime.channels (pattern) values ('bench:%')");
      await client.query(
        "create policy bench_read on realtime.channels for select to anon using (pattern = 'bench:%')",
      );
    } finally {
      await client.close();
    }
    return { connectionString, close: async () => undefined };
  }

  async asSuperuser(...statements: readonly string[]): Promise<void> {
    const client = new PgClient({ connectionString: `postgres://postgres@127.0.0.1:${this.#server.port}/postgres` });
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.close();
    }
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}
