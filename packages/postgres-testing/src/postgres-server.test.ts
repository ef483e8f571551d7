import pg from "pg";
import { afterEach, expect, it } from "vitest";
import { PostgresServer } from "./postgres-server.js";

const servers: PostgresServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

it("keeps what was committed when the server is killed and started again", async () => {
  const server = await PostgresServer.start();
  servers.push(server);
  const { connectionString, name } = await server.createDatabase();
  await queryOnce(connectionString, "create table kept as select 1 as one");
  await server.stop("immediate");
  await server.resume();
  expect(await queryOnce(connectionString, "select one from kept")).toEqual([{ one: 1 }]);
  const role = `select rolsuper, rolname from pg_roles where rolname = current_user`;
  expect(await queryOnce(connectionString, role)).toEqual([{ rolsuper: false, rolname: name }]);
});

async function queryOnce(connectionString: string, sql: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}
