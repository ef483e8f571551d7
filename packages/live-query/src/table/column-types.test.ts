import { ChangeFeed, type ClientIdentity, type RowImage } from "@repo/realtime-postgres";
import { onEachDatabase, type OpenTestDatabase } from "@repo/realtime-postgres/testing";
import { expect, it, onTestFinished } from "vitest";
import { predicateOf } from "../engine/predicate.js";
import { rowOrderOf } from "../engine/row-order.js";
import { bindCondition } from "../query/bound-condition.js";
import { comparisonsOf } from "../query/bound-condition.js";
import { canonicalValues, type RunAsRole } from "../query/canonical-values.js";
import type { Condition } from "../query/query-node.js";
import { planQuery } from "../query/query-plan.js";
import { conditionSql } from "../sql/condition-sql.js";
import { querySql } from "../sql/query-sql.js";
import { asUser } from "../sql/as-user.js";
import { columnTypes, DEFINITIONS } from "./column-types-under-test.js";
import { defineLiveTable } from "./live-table.js";
import { describeTable } from "./table-catalog.js";

const USER: ClientIdentity = { role: "authenticated", subject: "", claims: "{}" };

async function openTypes(open: OpenTestDatabase) {
  const { client } = await open();
  const types = await columnTypes(client);
  const names = Object.keys(types);
  const length = Math.max(...names.map((name) => types[name]?.values.length ?? 0));
  const rows = Array.from({ length: length + 1 }, (_, nth) =>
    names.map((name) => (types[name]?.isComputed ? "default" : (types[name]?.values[nth] ?? "null"))),
  );
  const columns = names.map((name) => `${name} ${types[name]?.type}`).join(", ");
  await client.transaction((connection) =>
    connection.execute(`${DEFINITIONS}
      create table public.kinds (id integer generated always as identity primary key, ${columns});
      alter table public.kinds enable row level security;
      create policy everybody on public.kinds for select using (true);
      grant usage on schema public to authenticated;
      grant select on public.kinds to authenticated;
      select realtime.watch_table('public.kinds');`),
  );
  const feed = new ChangeFeed({ client });
  onTestFinished(() => feed.close());
  const fed = new Map<unknown, RowImage>();
  feed.follow({
    onLost: () => expect.unreachable(),
    onChanges: ({ changes }) => {
      for (const { after } of changes) if (after) fed.set(after["id"], after);
    },
  });
  await feed.start();
  const [inserted] = await client.transaction(async (connection) => {
    for (const row of rows)
      await connection.execute(`insert into public.kinds (${names.join(", ")}) values (${row.join(", ")})`);
    return connection.query<{ readonly xid: string }>("select pg_current_xact_id()::text as xid");
  });
  await feed.passed(BigInt(inserted?.xid ?? 0));
  const table = await describeTable(client, defineLiveTable("kinds", { columns: ["id", ...names] }));
  const { sql, values } = querySql(planQuery({ table: "kinds" }, table), 1);
  const images = await asUser(USER, { client, isReadOnly: true, timeoutMs: 60_000 }, async ({ connection }) =>
    (await connection.query<{ readonly image: RowImage }>(sql, values)).map(({ image }) => image),
  );
  return { client, table, types, names, images, fed };
}

onEachDatabase((_, open) => {
  it("has the same image of a row from the feed as from a query, for every type", async () => {
    const { images, fed, table } = await openTypes(open);
    const stored = [...table.columns.values()].filter(({ isComputed }) => !isComputed).map(({ name }) => name);
    const part = (image: RowImage | undefined) => Object.fromEntries(stored.map((name) => [name, image?.[name]]));
    expect(images.length).toBeGreaterThan(5);
    for (const image of images) expect(part(fed.get(image["id"]))).toEqual(part(image));
  });

  it("compares and sorts as Postgres does, for every type that it compares itself", async () => {
    const { client, table, types, names, images } = await openTypes(open);
    const decided = new Set<string>();
    const run: RunAsRole = (sql, given) =>
      asUser(USER, { client, isReadOnly: true, timeoutMs: 60_000 }, ({ connection }) => connection.query(sql, given));
    const idsWhere = async (condition: Condition) => {
      const bound = bindCondition(condition, (name) => table.columns.get(name) ?? expect.unreachable());
      const values: unknown[] = [];
      const text = conditionSql(bound, (value) => `$${values.push(value)}`);
      const [row] = await client.query<{ readonly ids: readonly number[] }>(
        `select coalesce(json_agg(t.id order by t.id), '[]') as ids from public.kinds t where ${text}`,
        values,
      );
      const predicate = predicateOf(bound, await canonicalValues(run, comparisonsOf(bound)));
      return { expected: row?.ids, predicate };
    };
    await client.query("select set_config('TimeZone', 'UTC', false)");
    for (const name of names) {
      const { values = [], isArray = false } = types[name] ?? {};
      const texts = values
        .map((value) => value.replace(/^[eE]?'([\s\S]*)'(::\S+)?$/, "$1"))
        .filter((text) => text !== "null");
      const operators = isArray ? (["contains"] as const) : (["=", "<>", "<", "<=", ">", ">=", "in"] as const);
      for (const operator of operators)
        for (const [nth, text] of texts.entries()) {
          const value = table.columns.get(name)?.kind === "boolean" ? text === "true" : text;
          const elements = isArray
            ? text
                .replace(/[{}"]/g, "")
                .split(",")
                .filter((one) => one !== "" && one !== "NULL")
            : [value, texts[nth - 1] ?? value];
          const condition = (
            operator === "in" || operator === "contains" ? [name, operator, elements] : [name, operator, value]
          ) as Condition;
          const found = await idsWhere(condition).catch((cause: unknown) => cause);
          if (found instanceof Error) continue; // an operator that the type lacks
          const { predicate, expected } = found as Awaited<ReturnType<typeof idsWhere>>;
          if (!predicate || table.columns.get(name)?.isComputed) continue;
          decided.add(name);
          expect([condition, images.filter((image) => predicate(image) === true).map(({ id }) => id)]).toEqual([
            condition,
            expected,
          ]);
        }
      const column = table.columns.get(name);
      for (const direction of ["asc", "desc"] as const) {
        const compare =
          column &&
          !column.isComputed &&
          rowOrderOf([
            { column, direction },
            { column: table.columns.get("id") ?? column, direction: "asc" },
          ]);
        if (!compare) continue;
        const sorted = await client.query<{ readonly id: number }>(
          `select id from public.kinds order by ${name} ${direction}, id`,
        );
        expect([name, images.toSorted(compare).map(({ id }) => id)]).toEqual([name, sorted.map(({ id }) => id)]);
      }
    }
    expect([...decided].toSorted()).toEqual(expect.arrayContaining([...DECIDED]));
  });
});

/** Types whose comparisons never need the database. */
const DECIDED = [
  "b",
  "ba",
  "d",
  "dom",
  "e",
  "f4",
  "f8",
  "gen",
  "i2",
  "i4",
  "i8",
  "n",
  "n2",
  "na",
  "t",
  "ta",
  "ts",
  "tz",
  "u",
  "vc",
];
