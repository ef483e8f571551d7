import type { SqlClient } from "@repo/realtime-postgres";
import type { OpenTestDatabase } from "@repo/realtime-postgres/testing";
import { analyseStatement } from "./analyse-statement.js";
import { readSetOf } from "./read-set.js";

const SCHEMA = `
  create type colour as enum ('red', 'blue');
  create table widgets (id bigint primary key, hub uuid, name text, colour colour);
  create table annotations (id integer primary key, widget_id bigint, author uuid, body varchar(200), is_open boolean, amount numeric);
  create table members (hub uuid, user_id uuid);
  create view open_annotations as select * from annotations where is_open;
  create view named as select a.id, w.name from open_annotations a join widgets w on w.id = a.widget_id;
  create materialized view totals as select count(*) from annotations;
  create function visible(uuid) returns boolean language sql stable begin atomic select exists (select from members where hub = $1); end;
  create function visible_text(h uuid) returns boolean language sql stable as 'select exists (select from members m where m.hub = h);';
  create function hidden(integer) returns bigint language plpgsql stable as 'begin return (select count(*) from members); end';
  create function doubled(n integer) returns integer language plpgsql immutable as 'begin return n * 2; end';
`;

/** What a statement reads, in a readable form: `table`, `table.column=value`, `? what is unknown`. */
export type ReadsOf = (sql: string, values?: readonly unknown[]) => Promise<readonly string[]>;

/** A database with tables of every kind, and further ones. */
export async function openReads(open: OpenTestDatabase, script = ""): Promise<ReadsOf> {
  const { client } = await open({ isMigrated: false });
  await execute(client, SCHEMA + script);
  return async (sql, values = []) => {
    const reads = await analyseStatement(client, sql);
    const names = await tableNames(client);
    const tables = readSetOf(reads, values).map(({ table, equals }) =>
      equals ? `${names.get(table)}.${equals.column}=${JSON.stringify(equals.value)}` : (names.get(table) ?? table),
    );
    return [...tables.sort(), ...reads.unknown.map((each) => `? ${each}`)];
  };
}

export const USER = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";

export async function execute(client: SqlClient, script: string): Promise<void> {
  await client.transaction((connection) => connection.execute(script));
}

async function tableNames(client: SqlClient): Promise<ReadonlyMap<string, string>> {
  const rows = await client.query<{ readonly oid: string; readonly name: string }>(
    "select oid::text as oid, relname::text as name from pg_class where relkind in ('r', 'p')",
  );
  return new Map(rows.map(({ oid, name }) => [oid, name]));
}
