import { PGlite } from "@electric-sql/pglite";
import { PgliteClient } from "../client/pglite-client.js";
import { migrate } from "../migrations/migrate.js";
import type { DatabaseUnderTest, OpenOptions, TestDatabaseSource } from "./database-under-test.js";
import { freshPgliteData } from "./fresh-pglite.js";

/** One PGlite for a test file, emptied for each test: a tenth of the time of a new one. Only one database is open at a time. */
export class PgliteSource implements TestDatabaseSource {
  #database: Promise<PGlite> | undefined;
  #isOpen = false;

  async prepare(): Promise<void> {
    await this.#running();
  }

  async open({ isMigrated = true }: OpenOptions): Promise<DatabaseUnderTest> {
    if (this.#isOpen) throw new TypeError("PGlite has one database. Call open() once in a test, then newClient().");
    const database = await this.#running();
    await database.exec(EMPTY);
    const clients: PgliteClient[] = [];
    const newClient = (): PgliteClient => {
      const client = new PgliteClient(database);
      clients.push(client);
      return client;
    };
    const client = newClient();
    if (isMigrated) await migrate(client);
    this.#isOpen = true;
    return {
      client,
      newClient,
      connectionString: undefined,
      superuserConnectionString: undefined,
      close: async () => {
        await Promise.all(clients.map((one) => one.close())); // what they listen to
        this.#isOpen = false;
      },
    };
  }

  async close(): Promise<void> {
    await (await this.#database)?.close();
  }

  #running(): Promise<PGlite> {
    return (this.#database ??= freshPgliteData().then((loadDataDir) => PGlite.create({ loadDataDir })));
  }
}

/** Takes away what a test made: locks, settings, listeners, schemas, roles. */
const EMPTY = `
  rollback;
  reset session authorization;
  reset all;
  discard temp;
  select pg_advisory_unlock_all();
  do $$
  declare
    made record;
  begin
    for made in select evtname from pg_event_trigger loop
      execute format('drop event trigger %I', made.evtname);
    end loop;
    for made in select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop
      execute format('drop schema %I cascade', made.nspname);
    end loop;
    for made in select rolname from pg_roles where rolname !~ '^pg_' and rolname <> current_user loop
      execute format('drop owned by %I', made.rolname);
      execute format('drop role %I', made.rolname);
    end loop;
  end $$;
  create schema public;
`;
