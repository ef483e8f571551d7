import pg from "pg";

/** The ordinary role that owns the databases in which a test evaluates policies. */
export const RUN_OWNER = "fourgate_test_owner";

/**
 * Makes the owner, and as the owner the roles under which policies are evaluated. Roles belong to the whole server, and only who made one
 * may let itself switch to it: a test file that migrates as another role must not be the first.
 */
export async function createRunOwner(port: number): Promise<void> {
  const address = `127.0.0.1:${port}/postgres`;
  await execute(`postgres://postgres@${address}`, `create role ${RUN_OWNER} login createrole`);
  await execute(`postgres://${RUN_OWNER}@${address}`, "create role anon nologin; create role authenticated nologin");
}

async function execute(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
