import type { SqlClient } from "../client/sql-client.js";

/** What a test's database has. */
export interface OpenOptions {
  /** Default true: the database has all tables of this package. */
  readonly isMigrated?: boolean;
}

/** A database that belongs to one test. */
export interface DatabaseUnderTest {
  /** Open, as the owner of the database. */
  readonly client: SqlClient;
  /** A further client, as another node has it; on PGlite it is one more handle on the same single session. */
  newClient(): SqlClient;
  /** As the database's owner, an ordinary role; undefined on PGlite. */
  readonly connectionString: string | undefined;
  /** For what an owner may not do; undefined where there is no server. */
  readonly superuserConnectionString: string | undefined;
  /** Called after each test; may be called before. */
  close(): Promise<void>;
}

/** Makes databases of one kind, for one test file. */
export interface TestDatabaseSource {
  /** What takes long: once, before the first test. */
  prepare(): Promise<void>;
  open(options: OpenOptions): Promise<DatabaseUnderTest>;
  close(): Promise<void>;
}
