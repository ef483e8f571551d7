import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { run } from "../testing/seed-application.js";
import { startFeed, write } from "./feed-under-test.js";
import { IMAGE_SETTINGS } from "./image-settings.js";

/** A writer whose settings make other texts of the same values. */
const ODD_SETTINGS = `
  set local timezone = 'Asia/Kolkata'; set local datestyle = 'German'; set local intervalstyle = 'postgres_verbose';
  set local bytea_output = 'escape'; set local extra_float_digits = -5; set local search_path = pg_temp;`;

/** Each type with a value, and what its image holds. */
const VALUES: readonly (readonly [type: string, value: string, image: unknown])[] = [
  ["boolean", "true", true],
  ["smallint", "-32768", -32768],
  ["integer", "2147483647", 2147483647],
  ["bigint", "9007199254740993", "9007199254740993"],
  ["numeric", "123456789012345678901234567890.50", "123456789012345678901234567890.50"],
  ["numeric(10,2)", "1.5", "1.50"],
  ["numeric", "'NaN'", "NaN"],
  ["numeric", "'-Infinity'", "-Infinity"],
  ["real", "0.1", 0.1],
  ["double precision", "0.30000000000000004", 0.30000000000000004],
  ["double precision", "'NaN'", "NaN"],
  ["double precision", "'Infinity'", "Infinity"],
  ["bigint[]", "'{1,9007199254740993,null}'", ["1", "9007199254740993", null]],
  [
    "numeric[]",
    "'{{1.0,2},{NaN,3}}'",
    [
      ["1.0", "2"],
      ["NaN", "3"],
    ],
  ],
  ["integer[]", "'{}'", []],
  ["bigint[]", "'{}'", []],
  ["text[]", `'{a,null,"b,c"}'`, ["a", null, "b,c"]],
  ["public.amount", "12.30", "12.30"],
  ["public.amount[]", "'{1.10}'", ["1.10"]],
  ["public.price", "row(9007199254740993, 'EUR')", { cents: "9007199254740993", currency: "EUR" }],
  ["public.price[]", "array[row(5, 'EUR')::public.price]", [{ cents: "5", currency: "EUR" }]],
  ["public.mood", "'so ''so'''", "so 'so'"],
  ["int8range", "'[1,9007199254740993)'", "[1,9007199254740993)"],
  ["tstzrange", "'[2026-01-02 03:04:05+00,)'", '["2026-01-02 03:04:05+00",)'],
  ["date", "'2026-02-01'", "2026-02-01"],
  ["date", "'infinity'", "infinity"],
  ["timestamp", "'2026-01-02 03:04:05.678901'", "2026-01-02T03:04:05.678901"],
  ["timestamptz", "'2026-01-02 03:04:05.6+05:30'", "2026-01-01T21:34:05.6+00:00"],
  ["timestamptz", "'-infinity'", "-infinity"],
  ["timestamptz[]", "array['2026-01-02 03:04:05+01'::timestamptz]", ["2026-01-02T02:04:05+00:00"]],
  ["time", "'03:04:05'", "03:04:05"],
  ["timetz", "'03:04:05+02'", "03:04:05+02"],
  ["interval", "'1 day 02:03:04'", "P1DT2H3M4S"],
  ["bytea", "'\\x00ff61'", "\\x00ff61"],
  ["uuid", "'A0000000-0000-4000-8000-000000000001'", "a0000000-0000-4000-8000-000000000001"],
  ["jsonb", `'{"b": [1, 2.50], "a": null}'`, { b: [1, 2.5], a: null }],
  ["json", `'{"a": 1}'`, { a: 1 }],
  ["xid8", "'12'", "12"],
  ["money", "'1234.5'::numeric::money", "$1,234.50"],
  ["inet", "'10.0.0.1/8'", "10.0.0.1/8"],
  ["bit(3)", "b'101'", "101"],
  ["text", `E'\\u0001 \\n "quoted" \\\\ \\u2028 \\U0001F600 null'`, '\u0001 \n "quoted" \\ \u2028 \u{1F600} null'],
  ['"char"', "'x'", "x"],
  ["text", "null", null],
  ["bigint", "null", null],
];

const TYPES = `
  create domain amount as numeric(12,2); create type mood as enum ('so ''so''');
  create type price as (cents bigint, currency text);
  create table every_type (${VALUES.map(([type], index) => `c${index} ${type}`).join(", ")});`;

const watch = async (client: SqlClient, table: string) =>
  client.query("select realtime.watch_table($1::regclass)", [table]);

onEachDatabase((_, open) => {
  it("makes the same image of a value of every type, whatever the writer's settings", async () => {
    const { client } = await open();
    await run(client, TYPES);
    await watch(client, "every_type");
    const { feed, consumer } = await startFeed(client);
    const values = VALUES.map(([type, value]) => `(${value})::${type}`).join(", ");
    await write(client, feed, `set local timezone = 'UTC'; insert into every_type select ${values}`);
    await write(client, feed, `${ODD_SETTINGS} update public.every_type set c0 = c0`);
    const expected = Object.fromEntries(VALUES.map(([, , image], index) => [`c${index}`, image]));
    const [inserted, updated] = consumer.changes;
    expect(inserted?.after).toEqual(expected);
    expect(updated?.before).toEqual(expected);
    expect(updated?.after).toEqual(expected);
  });

  it("gives a query the same image with the same function", async () => {
    const { client } = await open();
    await run(client, TYPES);
    await watch(client, "every_type");
    const { feed, consumer } = await startFeed(client);
    const values = VALUES.map(([type, value]) => `(${value})::${type}`).join(", ");
    await write(client, feed, `set local timezone = 'UTC'; insert into every_type select ${values}`);
    const rows = await client.transaction(async (connection) => {
      const settings = Object.entries(IMAGE_SETTINGS).map(([name, value]) => `set local ${name} = '${value}'`);
      await connection.execute(settings.join("; "));
      return connection.query(
        "select realtime.as_image(to_jsonb(t), realtime.wide_columns('every_type')) as image from every_type t",
      );
    });
    expect(rows).toEqual([{ image: consumer.changes[0]?.after }]);
  });

  it("records a row over 512 KiB and a statement over 10 000 rows as unknown, and the next ones whole", async () => {
    const { client } = await open();
    await run(client, "create table notes (id integer, text text)");
    await watch(client, "notes");
    const { feed, consumer } = await startFeed(client);
    await write(client, feed, "insert into notes values (1, 'small'), (2, repeat('large', 110000))");
    await write(client, feed, "insert into notes select n, 'many' from generate_series(1, 10001) n");
    await write(client, feed, "insert into notes values (3, repeat('a', 500000))");
    expect(consumer.changes.map(({ kind }) => kind)).toEqual(["unknown", "unknown", "insert"]);
    expect(consumer.changes[0]).toMatchObject({ before: undefined, after: undefined });
  });

  it("records TRUNCATE as unknown, and statements that change nothing not at all", async () => {
    const { client } = await open();
    await run(client, "create table notes (id integer, text text)");
    await watch(client, "notes");
    const { feed, consumer } = await startFeed(client);
    await write(client, feed, "delete from notes; update notes set id = 1; insert into notes select 1 where false");
    await write(client, feed, "truncate notes");
    expect(consumer.changes.map(({ kind }) => kind)).toEqual(["unknown"]);
  });

  it("records a row that has no image as unknown, and lets the writer's statement succeed", async () => {
    const { client } = await open();
    await run(
      client,
      `create type odd as enum ('a');
       create function odd_json(odd) returns json language plpgsql as $$ begin raise 'no image'; end $$;
       create cast (odd as json) with function odd_json(odd);
       create table notes (id integer, odd odd)`,
    );
    await watch(client, "notes");
    const { feed, consumer } = await startFeed(client);
    await write(client, feed, "insert into notes values (1, 'a'); insert into notes values (2, null)");
    expect(consumer.changes.map(({ kind }) => kind)).toEqual(["unknown", "insert"]);
    expect(await client.query("select count(*)::integer as count from notes")).toEqual([{ count: 2 }]);
  });
});
