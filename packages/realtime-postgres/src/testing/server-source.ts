import { RUN_OWNER, sharedDatabase, type SharedServer } from "@repo/postgres-testing";
import { PgClient } from "../client/pg-client.js";
import { migrate } from "../migrations/migrate.js";
import type { DatabaseUnderTest, OpenOptions, TestDatabaseSource } from "./database-under-test.js";

/** Databases in a real server: copies of one that was migrated once for the test file. */
export class ServerSource implements TestDatabaseSource {
  readonly #server: SharedServer;
  #template: Promise<string> | undefined;

  constructor(server: SharedServer) {
    this.#server = server;
  }

  async prepare(): Promise<void> {
    await (this.#template ??= this.#migrated());
  }

  async open({ isMigrated = true }: OpenOptions): Promise<DatabaseUnderTest> {
    const { port } = this.#server;
    const template = isMigrated ? await (this.#template ??= this.#migrated()) : "template1";
    const { connectionString, superuserConnectionString } = await sharedDatabase({ port, owner: RUN_OWNER, template });
    const clients: PgClient[] = [];
    const newClient = (): PgClient => {
      const client = new PgClient({ connectionString });
      clients.push(client);
      return client;
    };
    return {
      client: newClient(),
      newClient,
      connectionString,
      superuserConnectionString,
      close: async () => {
        await Promise.all(clients.map((client) => client.close()));
      },
    };
  }

  async close(): Promise<void> {
    // the databases go with the run's server
  }

  async #migrated(): Promise<string> {
    const { name, connectionString } = await sharedDatabase({ port: this.#server.port, owner: RUN_OWNER });
    const client = new PgClient({ connectionString });
    await migrate(client);
    await client.close();
    return name;
  }
}
