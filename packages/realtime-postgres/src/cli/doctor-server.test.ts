import { sharedDatabase } from "@repo/postgres-testing";
import { afterEach, expect, it } from "vitest";
import { PgClient } from "../client/pg-client.js";
import type { SqlClient } from "../client/sql-client.js";
import { migrate } from "../migrations/migrate.js";
import { asIfFsynced } from "../testing/as-if-fsynced.js";
import { examine, type DoctorOptions } from "./doctor.js";

const clients: PgClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

function connect(connectionString: string): PgClient {
  const client = new PgClient({ connectionString });
  clients.push(client);
  return client;
}

async function setUp() {
  const database = await sharedDatabase();
  const client = connect(database.connectionString);
  await migrate(client);
  await client.query("update realtime.relay_state set lease_until = now() + interval '1 hour'");
  const superuser = connect(database.superuserConnectionString);
  return { client, superuser, role: `${database.name}_user`, owner: database.name };
}

async function repairsOf(options: DoctorOptions): Promise<readonly string[]> {
  const client = asIfFsynced(options.client);
  return (await examine({ clientRoles: [], ...options, client })).map(({ repair }) => repair);
}

it("finds a role for clients that is missing, unusable, and lacks its privileges, until it is repaired as proposed", async () => {
  const { client, superuser, role, owner } = await setUp();
  const clientRoles = [role];
  expect(await repairsOf({ client, clientRoles })).toEqual([
    `create role ${role} nologin; select realtime.add_client_role('${role}');`,
  ]);
  await superuser.query(`create role ${role} nologin`);
  expect(await repairsOf({ client, clientRoles })).toEqual([
    `grant ${role} to ${owner};`,
    `select realtime.add_client_role('${role}');`,
  ]);
  await superuser.query(`grant ${role} to ${owner}`);
  await client.query(`select realtime.add_client_role('${role}')`);
  expect(await repairsOf({ client, clientRoles })).toEqual([]);
});

it("finds a role for clients that may do more than it should", async () => {
  const { client, superuser, role, owner } = await setUp();
  await superuser.query(`create role ${role} nologin bypassrls`);
  await superuser.query(`grant ${role} to ${owner}`);
  await client.query(`select realtime.add_client_role('${role}')`);
  await client.query(`grant select on realtime.channels to ${role}`);
  await client.query(`grant insert on realtime.outbox to ${role}`);
  expect(await repairsOf({ client, clientRoles: [role] })).toEqual([
    `alter role ${role} nosuperuser nobypassrls;`,
    `revoke all on realtime.outbox from ${role};`,
    `revoke select on realtime.channels from ${role}; select realtime.add_client_role('${role}');`,
  ]);
});

it("finds transactions that stay open", async () => {
  const { client } = await setUp();
  await client.transaction(async (connection) => {
    const [row] = await connection.query<{ pid: number }>("select pg_backend_pid() as pid");
    expect(await repairsOf({ client, longTransactionMs: -1 })).toEqual([`select pg_terminate_backend(${row?.pid});`]);
    expect(await repairsOf({ client })).toEqual([]);
  });
});

it("finds settings under which a crash loses messages", async () => {
  const { client, superuser, owner } = await setUp();
  await superuser.query(`alter database ${owner} set synchronous_commit = off`);
  const later = connect(await connectionStringOf(client));
  const found = await examine({ client: later, clientRoles: [] });
  expect(found.map(({ repair }) => repair)).toEqual([
    "alter system set fsync = on;",
    `alter database ${owner} set synchronous_commit = on;`,
  ]);
});

it("finds a pooler in transaction mode", async () => {
  const { client } = await setUp();
  const pooled: SqlClient = {
    query: (sql, values) => client.query(sql, values),
    transaction: (work, isolation) => client.transaction(work, isolation),
    listen: (channel, listener) => client.listen(channel, listener),
    session: async () => undefined,
    close: () => client.close(),
  };
  expect(await repairsOf({ client: pooled })).toEqual([expect.stringContaining("directConnectionString")]);
});

async function connectionStringOf(client: SqlClient): Promise<string> {
  const [row] = await client.query<{ url: string }>(
    "select format('postgres://%s@127.0.0.1:%s/%s', current_user, inet_server_port(), current_database()) as url",
  );
  return row?.url ?? "";
}

it("finds another role that holds an advisory lock of the nodes, until it is repaired as proposed", async () => {
  const { client, superuser, role } = await setUp();
  await superuser.query(`create role ${role} login`);
  const url = new URL(await connectionStringOf(client));
  url.username = role;
  const other = await connect(url.href).session();
  await other?.query("select pg_advisory_lock(7023450002), pg_advisory_lock(7)");
  const own = await client.session();
  await own?.query("select pg_advisory_lock_shared(7023450003)");
  const [repair = "", ...others] = await repairsOf({ client });
  expect([repair, others]).toEqual([expect.stringMatching(/^select pg_terminate_backend/), []]);
  await superuser.query(repair);
  await other?.closed;
  expect(await repairsOf({ client })).toEqual([]);
});
