import { seededRandom } from "@repo/core-testing";
import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { analyseStatement } from "./analyse-statement.js";
import { randomChange, randomQuery, RANDOM_SCHEMA } from "./random-statements.js";
import { ReadIndex } from "./read-index.js";
import { readSetOf } from "./read-set.js";
import { execute } from "./reads-under-test.js";
import type { RowImage } from "@repo/realtime-postgres";

const QUERIES = 30; // at once: each change is compared for all of them
const CHANGES = 60;
const ROUNDS = 3;

onEachDatabase((_name, open) => {
  it("never leaves a query unread whose result a change has changed", { timeout: 300_000 }, async () => {
    const { client } = await open({ isMigrated: false });
    await execute(client, RANDOM_SCHEMA);
    const names = await client.query<{ readonly oid: string; readonly name: string }>(
      "select oid::text as oid, relname::text as name from pg_class where relname in ('a', 'b', 'c')",
    );
    const oids = new Map(names.map(({ oid, name }) => [name, oid]));
    let [irrelevant, compared] = [0, 0];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const random = seededRandom(round);
      const index = new ReadIndex<RandomQuery>();
      const queries: RandomQuery[] = [];
      for (let n = 0; n < QUERIES; n += 1) {
        const sql = randomQuery(random).replaceAll("$1", "$1::integer").replaceAll("$2", "$2::integer");
        const typed = sql.replaceAll("$3", "$3::bigint").replaceAll("$4", "$4::integer");
        const values = [1, 2, 3, 4].map(() => (random() < 0.1 ? null : Math.floor(random() * 4)));
        const text = `select (select coalesce(jsonb_agg(to_jsonb(o) order by to_jsonb(o)), '[]') from (${typed}) o)::text as result, ${ALL}`;
        const query = { sql: typed, text, values, result: "" };
        index.add(query, readSetOf(await analyseStatement(client, text), values));
        queries.push(query);
      }
      await refresh(queries);
      for (let n = 0; n < CHANGES; n += 1) {
        const { table, id, sql } = randomChange(random);
        const before = await image(table, id);
        await client.query(sql);
        const after = await image(table, id);
        if (JSON.stringify(before) === JSON.stringify(after)) continue;
        const kind = before ? (after ? "update" : "delete") : "insert";
        const affected = index.readersOf({ xid: 1n, table: oids.get(table) ?? "", kind, before, after });
        const changed = await refresh(queries);
        compared += queries.length;
        irrelevant += queries.length - affected.size;
        const missed = changed.filter((query) => !affected.has(query));
        expect({ change: sql, before, missed: missed.map(({ sql: text, values }) => [text, values]) }).toMatchObject({
          missed: [],
        });
      }
    }
    expect(irrelevant / compared).toBeGreaterThan(0.3); // or the index narrows nothing

    async function image(table: string, id: number): Promise<RowImage | undefined> {
      const sql = `select id, x, y::text as y, z, n::text as n from ${table} where id = $1`; // bigint and numeric are text in an image
      const [row] = await client.query<RowImage>(sql, [id]);
      return row;
    }

    async function refresh(queries: readonly RandomQuery[]): Promise<readonly RandomQuery[]> {
      const changed: RandomQuery[] = [];
      for (const query of queries) {
        const [row] = await client.query<{ readonly result: string }>(query.text, query.values);
        if (query.result !== row?.result) changed.push(query);
        query.result = row?.result ?? "";
      }
      return changed;
    }
  });
});

interface RandomQuery {
  readonly sql: string;
  readonly text: string;
  readonly values: readonly (number | null)[];
  result: string;
}

/** So that each parameter is there in every query. */
const ALL = "$1::integer as p1, $2::integer as p2, $3::bigint as p3, $4::integer as p4";
