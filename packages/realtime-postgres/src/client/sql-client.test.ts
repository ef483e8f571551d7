import { afterEach, describe, expect, it } from "vitest";
import type { DatabaseUnderTest } from "../testing/database-under-test.js";
import { freshPgliteData } from "../testing/fresh-pglite.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { PgliteClient } from "./pglite-client.js";
import { PgliteWorker } from "./pglite-worker.js";
import type { NotifyListener, SqlClient } from "./sql-client.js";

onEachDatabase((_name, open) => sqlClientTests(() => open({ isMigrated: false })));

describe("PGlite in a thread of its own", () => {
  const clients: SqlClient[] = [];
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });
  sqlClientTests(async () => {
    const engine = await PgliteWorker.start({ loadDataDir: await freshPgliteData() });
    const newClient = () => {
      const client = new PgliteClient(engine);
      clients.push(client);
      return client;
    };
    return { client: newClient(), newClient };
  });
});

function sqlClientTests(openEmpty: () => Promise<Pick<DatabaseUnderTest, "client" | "newClient">>): void {
  it("returns the same JavaScript values for the same types", async () => {
    const { client } = await openEmpty();
    const [row] =
      await client.query(`select 1::int as int, 9007199254740993::bigint as bigint, 1.50::numeric as numeric,
      '12'::xid8 as xid8, true as bool, 'é'::text as text, null::text as "null", '{"a":[1,"\\u00e9"]}'::jsonb as jsonb,
      '[1]'::json as json, array['a','b"c',null] as texts, array[1,2] as ints, array[3::bigint] as bigints,
      timestamptz '2026-01-02 03:04:05.678+00' as at, '6ba7b810-9dad-11d1-80b4-00c04fd430c8'::uuid as uuid`);
    expect(row).toEqual({
      int: 1,
      bigint: "9007199254740993",
      numeric: "1.50",
      xid8: "12",
      bool: true,
      text: "é",
      null: null,
      jsonb: { a: [1, "é"] },
      json: [1],
      texts: ["a", 'b"c', null],
      ints: [1, 2],
      bigints: ["3"],
      at: new Date("2026-01-02T03:04:05.678Z"),
      uuid: "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    });
  });

  it("binds the same values, whatever the parameter's type", async () => {
    const { client } = await openEmpty();
    const [row] = await client.query(
      `select $1::text as number, $2::int as text, $3::boolean as bool, $4::text[] as texts, $5::jsonb as object,
        $6::jsonb as json, $7::timestamptz as at, $8::text as nothing, $9::bigint as big, $10::int[] as ints,
        encode($11::bytea, 'hex') as bytes, $12::text[] as none`,
      // prettier-ignore
      [1.5, "7", false, ["a,b", 'c"\\', null, ""], { a: "é" }, '"text"', new Date(5), undefined, 2n ** 60n, [1, 2], new Uint8Array([0, 255]), []],
    );
    expect(row).toEqual({
      number: "1.5",
      text: 7,
      bool: false,
      texts: ["a,b", 'c"\\', null, ""],
      object: { a: "é" },
      json: "text",
      at: new Date(5),
      nothing: null,
      big: String(2n ** 60n),
      ints: [1, 2],
      bytes: "00ff",
      none: [],
    });
  });

  it("rejects with a SqlError that has the SQLSTATE", async () => {
    const { client } = await openEmpty();
    const failed = client.query("select * from nothing_here");
    await expect(failed).rejects.toMatchObject({ name: "SqlError", code: "42P01", isUnavailable: false });
    await expect(client.query("select $1::int", ["x"])).rejects.toMatchObject({ code: "22P02", isUnavailable: false });
  });

  it("commits what a transaction did, and nothing of one that rejects", async () => {
    const { client } = await openEmpty();
    await client.query("create table kept (n int)");
    const failure = new Error("no");
    const failing = client.transaction(async (connection) => {
      await connection.query("insert into kept values (1)");
      throw failure;
    });
    await expect(failing).rejects.toBe(failure);
    const result = client.transaction(async (connection) => {
      await connection.execute("insert into kept values (2); insert into kept values (3)");
      return "done";
    });
    expect(await result).toBe("done");
    expect(await client.query("select n from kept order by n")).toEqual([{ n: 2 }, { n: 3 }]);
  });

  it("rejects a transaction whose failed statement was caught inside of it", async () => {
    const { client } = await openEmpty();
    await client.query("create table kept (n int)");
    const transaction = client.transaction(async (connection) => {
      await connection.query("insert into kept values (1)");
      await connection.query("select 1 / 0").catch(() => undefined);
    });
    await expect(transaction).rejects.toMatchObject({ name: "SqlError", code: "25P02" });
    expect(await client.query("select n from kept")).toEqual([]);
  });

  it("refuses a statement after the end of its transaction", async () => {
    const { client } = await openEmpty();
    const connection = await client.transaction((inside) => Promise.resolve(inside));
    await expect(connection.query("select 1")).rejects.toThrow(TypeError);
    await expect(connection.execute("select 1")).rejects.toThrow("This transaction is over.");
  });

  it("sees one snapshot in a transaction with repeatable read", async () => {
    const { client } = await openEmpty();
    const level = "select current_setting('transaction_isolation') as level";
    const [row] = await client.transaction((connection) => connection.query(level), "repeatable read");
    expect(row).toEqual({ level: "repeatable read" });
    expect(await client.query(level)).toEqual([{ level: "read committed" }]);
  });

  it("carries a notification to every listener of its channel, and none after the undo", async () => {
    const { client, newClient } = await openEmpty();
    const other = newClient();
    const [first, second, elsewhere] = [new Received(), new Received(), new Received()];
    const undo = await client.listen("Some channel", first);
    await other.listen("Some channel", second);
    await client.listen("some channel", elsewhere);
    await client.query(`select pg_notify('Some channel', 'one')`);
    await expect.poll(() => [first.payloads, second.payloads]).toEqual([["one"], ["one"]]);
    await undo();
    await other.query(`select pg_notify('Some channel', 'two')`);
    await expect.poll(() => second.payloads).toEqual(["one", "two"]);
    expect([first.payloads, elsewhere.payloads]).toEqual([["one"], []]);
  });

  it("refuses with isUnavailable once it is closed", async () => {
    const { newClient } = await openEmpty();
    const client = newClient();
    await client.query("select 1");
    await client.close();
    await client.close();
    await expect(client.query("select 1")).rejects.toMatchObject({ name: "SqlError", isUnavailable: true });
  });
}

class Received implements NotifyListener {
  readonly payloads: string[] = [];
  onNotify(payload: string): void {
    this.payloads.push(payload);
  }
  onGap(): void {
    this.payloads.push("gap");
  }
}
