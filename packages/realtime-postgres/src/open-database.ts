import { PgClient } from "./client/pg-client.js";
import { PgliteClient, type PgliteClientOptions } from "./client/pglite-client.js";
import type { SqlClient } from "./client/sql-client.js";
import { migrate } from "./migrations/migrate.js";

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
    await prepareAll(client);
  } catch (error) {
    await client.close();
    throw error;
  }
  return client;
}
