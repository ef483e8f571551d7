import { expect, it } from "vitest";
import { SqlError, type SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { run } from "../testing/seed-application.js";
import { startFeed } from "./feed-under-test.js";
import { TableCopy } from "./table-copy-under-test.js";

const IDS = 12;
const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)] as T; // never empty here
const id = () => 1 + Math.floor(Math.random() * IDS);

const STATEMENTS = [
  () => `insert into hot values (${id()}, random()::text) on conflict (id) do update set text = excluded.text`,
  () => `update hot set text = text || '.' where id in (${id()}, ${id()})`,
  () => `update hot set text = left(text, 5) || random() where id = ${id()}`,
  () => `delete from hot where id = ${id()}`,
  () => `savepoint s; update hot set text = 'undone' where id = ${id()}; rollback to s`,
  () => `select count(*) from hot`,
];

/** One transaction of random statements; some are rolled back, and some by a deadlock. */
async function transaction(client: SqlClient): Promise<void> {
  const statements = Array.from({ length: 1 + Math.floor(Math.random() * 4) }, () => pick(STATEMENTS)());
  const end = Math.random() < 0.15 ? "; select 1 / 0" : "";
  await client
    .transaction((connection) => connection.execute(statements.join(";") + end))
    .catch((error: unknown) => {
      if (!(error instanceof SqlError) || !["22012", "40P01"].includes(error.code ?? "")) throw error;
    });
}

onEachDatabase((name, open) => {
  const isConcurrent = name !== "PGlite";

  it("keeps two copies right that are made from nothing but the feed, also while the tables of changes rotate", async () => {
    const { client, newClient } = await open();
    await run(client, "create table hot (id integer primary key, text text)", "select realtime.watch_table('hot')");
    const feeds = await Promise.all([client, isConcurrent ? newClient() : client].map((each) => startFeed(each)));
    const copies = feeds.map(({ feed }) => {
      const copy = new TableCopy(client, "hot");
      feed.follow(copy);
      return copy;
    });
    for (const copy of copies) await copy.read();
    let isOver = false;
    const rotating = (async () => {
      const rotator = newClient();
      while (!isOver) await rotator.query("select realtime.rotate_changes('0', '150 ms')");
    })();
    const write = async (transactions: number) => {
      const writer = newClient();
      for (let n = 0; n < transactions; n += 1) await transaction(writer);
    };
    const writers = Array.from({ length: 4 }, () => write(isConcurrent ? 80 : 20));
    const writeSlowly = newClient().transaction(async (slow) => {
      await slow.execute("insert into hot values (100, 'slow')");
      if (isConcurrent) await Promise.all(writers); // PGlite has one connection
      await slow.execute("update hot set text = 'slower' where id = 100");
    });
    await Promise.all([...writers, writeSlowly]);
    isOver = true;
    await rotating;
    const [last] = await client.query<{ xid: string }>("select pg_current_xact_id()::text as xid");
    await Promise.all(feeds.map(({ feed }) => feed.passed(BigInt(last?.xid ?? 0))));
    const rows = await client.query<{ row: unknown }>("select to_jsonb(t) as row from hot t");
    for (const copy of copies) {
      expect(copy.problems).toEqual([]);
      expect(copy.rows).toEqual(rows.map(({ row }) => JSON.stringify(row)).toSorted());
      expect(copy.applied).toBeGreaterThan(isConcurrent ? 100 : 0);
    }
    const [state] = await client.query("select sum(truncations)::integer > 0 as rotated from realtime.changes_tables");
    expect(state).toEqual({ rotated: true });
    expect(feeds.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
