import { migrate, PgClient } from "@repo/realtime-postgres";
import { PostgresServer } from "@repo/postgres-testing";

/** Owns every database of the bench: the roles of clients belong to it. */
const OWNER = "bench_owner";

/** The bench's own Postgres server, with databases for its scenarios. */
export class PostgresBed {
  readonly #server: PostgresServer;
  readonly version: number;
  #databases = 0;

  private constructor(server: PostgresServer) {
    this.#server = server;
    this.version = server.version;
  }

  static async start(): Promise<PostgresBed> {
    const bed = new PostgresBed(await PostgresServer.start({ settings: { shared_buffers: "256MB" } }));
    await bed.asSuperuser(`create role ${OWNER} login createrole`);
    return bed;
  }

  /** A migrated database in which anybody may subscribe to `bench:%`. */
  async openDatabase(): Promise<{ readonly connectionString: string; close(): Promise<void> }> {
    this.#databases += 1;
    const name = `bench_${this.#databases}`;
    await this.asSuperuser(`create database ${name} owner ${OWNER}`);
    const connectionString = `postgres://${OWNER}@127.0.0.1:${this.#server.port}/${name}`;
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
    return { connectionString, close: () => this.asSuperuser(`drop database ${name} with (force)`) };
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
