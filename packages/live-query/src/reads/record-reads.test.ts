import type { SqlClient } from "@repo/realtime-postgres";
import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { recordReads } from "./record-reads.js";
import { trackTableRead } from "./recording.js";
import { execute } from "./reads-under-test.js";
import { trackSqlClient } from "./track-sql-client.js";

onEachDatabase((_name, open) => {
  async function database() {
    const { client } = await open({ isMigrated: false });
    await execute(
      client,
      `create table one (id integer primary key, is_shown boolean); create table two (id integer); create view over as select * from two;
       insert into one values (1, false);
       create function hidden() returns bigint language plpgsql as 'begin return (select count(*) from two); end'`,
    );
    const counting = new CountingClient(client);
    const db = trackSqlClient(client);
    const tables = async (work: () => Promise<unknown>) => {
      const { reads } = await recordReads(counting.client, work);
      const found = await client.query<{ readonly name: string }>(
        "select oid::oid::regclass::text as name from unnest($1::text[]) t (oid)",
        [reads.map(({ table }) => table)],
      );
      return found.map(({ name }) => name).sort();
    };
    return { client, db, tables, counting };
  }

  it("records another set where a condition reads something else", async () => {
    const { db, tables } = await database();
    const render = async (): Promise<void> => {
      const [row] = await db.query<{ readonly is_shown: boolean }>("select is_shown from one where id = $1", [1]);
      if (row?.is_shown) await db.query("select from two");
    };
    expect(await tables(render)).toHaveLength(1);
    await db.query("update one set is_shown = true");
    expect(await tables(render)).toHaveLength(2);
  });

  it("does not mix two works at the same time, and follows nested asynchronous work", async () => {
    const { client, db } = await database();
    const [first, second] = await Promise.all([
      recordReads(client, async () => {
        await Promise.all(
          [1, 2].map(async (id) => (await Promise.resolve(), db.query("select from one where id = $1", [id]))),
        );
      }),
      recordReads(client, async () => {
        await new Promise((resolve) => setImmediate(resolve));
        await db.query("select from two");
      }),
    ]);
    expect(first.reads.map(({ equals }) => equals?.value).sort()).toEqual([1, 2]);
    expect(second.reads.map(({ equals }) => equals)).toEqual([undefined]);
  });

  it("costs nothing outside of a recording, and no further statement for what is known", async () => {
    const { db, tables, counting } = await database();
    await db.query("select from one where id = $1", [1]);
    expect(counting.statements).toBe(0);
    await tables(() => db.query("select from one where id = $1", [1]));
    const before = counting.statements;
    await tables(() => db.query("select from one where id = $1", [2]));
    expect(counting.statements - before).toBe(1); // the snapshot
  });

  it("reads the snapshot before the work, so that no change is missed", async () => {
    const { client, db } = await database();
    const { snapshot } = await recordReads(client, async () => {
      await db.query("select from two");
      const [row] = await db.query<{ readonly xid: string }>(
        "with made as (insert into two values (1)) select pg_current_xact_id()::text as xid",
      );
      return BigInt(row?.xid ?? 0);
    }).then(({ result, snapshot: taken }) => ({ snapshot: { isShown: taken.shows(result) } }));
    expect(snapshot).toEqual({ isShown: false });
  });

  it("names what it cannot see, until the work names the table; a view is its tables", async () => {
    const { client, db, tables } = await database();
    expect((await recordReads(client, () => db.query("select hidden()"))).unknown).toEqual(["hidden()"]);
    const recorded = await recordReads(client, async () => {
      trackTableRead("over");
      return db.query("select hidden()");
    });
    expect(recorded.unknown).toEqual([]);
    expect(recorded.reads).toHaveLength(1);
    expect(await tables(async () => trackTableRead("public.over"))).toEqual(
      await tables(async () => trackTableRead("two")),
    );
    await expect(tables(async () => trackTableRead("nowhere"))).rejects.toThrow('trackTableRead("nowhere")');
  });

  it("names a statement that the analysis does not understand, such as one on a temporary table", async () => {
    const { client } = await database();
    const driver = trackSqlClient({ ...client, query: async () => [] });
    const { unknown } = await recordReads(client, () => driver.query("select * from only_here"));
    expect(unknown).toEqual([expect.stringContaining("only_here")]);
  });

  it("counts what an inner recording reads for the outer one too", async () => {
    const { client, db, tables } = await database();
    expect(await tables(() => recordReads(client, () => db.query("select from two")))).toHaveLength(1);
  });
});

/** Counts what goes through it. */
class CountingClient {
  statements = 0;
  readonly client: Pick<SqlClient, "query" | "transaction">;

  constructor(client: SqlClient) {
    this.client = {
      query: (sql, values) => {
        this.statements += 1;
        return client.query(sql, values);
      },
      transaction: (work, isolation) => {
        this.statements += 1;
        return client.transaction(work, isolation);
      },
    };
  }
}
