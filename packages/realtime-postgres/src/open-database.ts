import { PgClient } from "./client/pg-client.js";
import { PgliteClient, type PgliteClientOptions } from "./client/pglite-client.js";
import type { SqlClient, SqlSession } from "./client/sql-client.js";
import { migrate } from "./migrations/migrate.js";

/** A server where there is one, else the embedded database. */
export interface OpenDatabaseOptions extends PgliteClientOptions {
  /** A server, such as `postgres://app@localhost:5432/app`; default the environment variable `DATABASE_URL`. */
  readonly url?: string | undefined;
}

/**
 * The server of `url`; without one the embedded database, in `folder` or in memory. Its tables are those of this version when it resolves.
 * Close it at the end.
 */
export async function openDatabase({
  url = process.env["DATABASE_URL"],
  prepare = () => Promise.resolve(),
  ...embedded
}: OpenDatabaseOptions = {}): Promise<SqlClient> {
  const prepareAll = async (client: SqlClient): Promise<void> => {
    await migrate(client);
    await prepare(client);
  };
  if (url === undefined || url === "") return PgliteClient.open({ ...embedded, prepare: prepareAll });
  if (!/^postgres(ql)?:\/\//.test(url))
    throw new TypeError("The database's URL must begin with postgres:// or postgresql://. Look at DATABASE_URL.");
  const { clock, statementTimeoutMs } = embedded;
  const client = new PgClient({
    connectionString: url,
    ...(clock && { clock }),
    ...(statementTimeoutMs !== undefined && { statementTimeoutMs }),
  });
  try {
    await migrate(client);
    await oneAtATime(client, () => prepare(client));
  } catch (error) {
    await client.close();
    throw error;
  }
  return client;
}

const PREPARE_LOCK = "7023450003"; // nodes that start at once would grant and create the same things

/** Runs `work` while no other node does; at once where there is no session to hold a lock in. */
async function oneAtATime(client: SqlClient, work: () => Promise<void>): Promise<void> {
  const session: SqlSession | undefined = await client.session();
  try {
    await session?.query(`select pg_advisory_lock(${PREPARE_LOCK})`);
    await work();
  } finally {
    await session?.close();
  }
}
