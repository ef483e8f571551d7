import type { ServerFrame } from "@repo/core-realtime";
import type { SqlClient, SqlConnection } from "@repo/realtime-postgres";
import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { Random } from "./testing/fuzz/random.js";
import { HOSTILE_TEXTS, hostileQuery } from "./testing/hostile-query.js";
import { MIA, ROWS, SCHEMA } from "./testing/annotation-schema.js";
import { annotations, startLiveNode } from "./testing/live-node.js";

const COUNT = Number(process.env["HOSTILE_COUNT"] ?? 1_000); // for each database
const SEED = Number(process.env["FUZZ_SEED"] ?? 1);
const CODES = ["QUERY_REFUSED", "PAYLOAD_INVALID", "FRAME_TOO_LARGE"];

/** A client that keeps the text of every statement. */
function recording(client: SqlClient): { readonly client: SqlClient; readonly statements: Set<string> } {
  const statements = new Set<string>();
  const recorded = <Connection extends SqlConnection>(inner: Connection): Connection =>
    new Proxy(inner, {
      get(target, property) {
        const found: unknown = Reflect.get(target, property, target);
        if (typeof found !== "function") return found;
        if (property === "transaction")
          return (work: (connection: SqlConnection) => unknown, ...rest: readonly unknown[]) =>
            Reflect.apply(found, target, [
              (connection: SqlConnection) => work(recorded(connection)),
              ...rest,
            ]) as unknown;
        return (...args: readonly unknown[]) => {
          if (property === "query" || property === "execute") statements.add(String(args[0]));
          return Reflect.apply(found, target, args) as unknown;
        };
      },
    });
  return { client: recorded(client as SqlClient & SqlConnection), statements };
}

onEachDatabase((_, open) => {
  it("refuses hostile queries with a code, or gives their result; the database never sees their text", async () => {
    const { client } = await open();
    await client.transaction((connection) =>
      connection.execute(
        `${SCHEMA}${ROWS} insert into annotations (id, widget_id, actor_id, body, secret) values (gen_random_uuid(), 1, '${MIA}', 'body 1', 'hidden text')`,
      ),
    );
    const { client: watched, statements } = recording(client);
    const { live, enter, errors } = await startLiveNode(watched, { tables: [annotations] });
    const other = await enter(MIA).open({ table: "annotations", select: ["body"] });
    const user = { userId: MIA, roles: [] };
    const random = new Random(SEED);
    const found = { result: 0, refused: 0 };
    const attack = async () => {
      const query = hostileQuery(random);
      const ask = { query, ...(random.chance(0.1) && { have: [random.pick(HOSTILE_TEXTS)] }) };
      const connection = enter(MIA);
      connection.request({ type: "subscribe", channel: "live-query.h", ask }).catch(() => undefined);
      const isEnd = ({ type }: ServerFrame) => type === "reply" || type === "error";
      await expect.poll(() => connection.frames.some(isEnd), { interval: 5 }).toBe(true);
      const reply = connection.frames.find(isEnd);
      connection.hangUp();
      if (reply?.type !== "reply" && reply?.type !== "error") return expect.unreachable();
      expect(JSON.stringify(reply)).not.toContain("hidden text");
      if (reply.type === "reply" && reply.ok) return void (found.result += 1);
      found.refused += 1;
      expect(CODES, `${JSON.stringify(reply.error)} for ${JSON.stringify(query)?.slice(0, 2_000)}`).toContain(
        reasonOf(reply.error),
      );
    };
    for (let nth = 0; nth < COUNT; nth += 20) await Promise.all(Array.from({ length: 20 }, attack));
    expect(found.result).toBeGreaterThan(COUNT / 50);
    expect(found.refused).toBeGreaterThan(COUNT / 50);
    expect(errors).toEqual([]);
    const own = [...statements].filter(
      (sql) =>
        sql.includes('"public"."annotations" as t') ||
        sql.includes("annotations as t") ||
        sql.startsWith("select to_jsonb(array["),
    );
    expect(own.length).toBeGreaterThan(20);
    for (const sql of own) expect(sql).toMatch(GRAMMAR);
    await client.transaction((connection) => connection.execute(`update annotations set body = 'still here'`));
    await expect.poll(() => other.column("body")).toEqual(["still here"]);
    await expect.poll(() => live.openQueries).toBe(1);
    if (process.env["HOSTILE_COUNT"]) console.log(JSON.stringify({ seed: SEED, ...found, statements: own.length }));
    expect((await live.fetch({ table: "annotations", select: ["body"] }, user)).rows.length).toBe(1);
  }, 300_000);

  it("decides long patterns in the database, and short ones in a time that grows with the text alone", async () => {
    const { client } = await open();
    await client.transaction((connection) => connection.execute(SCHEMA + ROWS));
    const { enter } = await startLiveNode(client, { tables: [annotations] });
    const patterns = [
      `%${"a".repeat(200)}b%`,
      `%${"_a".repeat(30)}b%`,
      "%a%a%a%a%a%a%a%a%a%a%a%a%b",
      `%${"a%".repeat(2_000)}b`,
      `${"_".repeat(8_000)}%`,
    ];
    const opened = await Promise.all(
      patterns.map((pattern) => enter(MIA).open({ table: "annotations", where: ["body", "like", pattern] })),
    );
    await client.transaction((connection) =>
      connection.execute(
        `insert into annotations (id, widget_id, actor_id, body) values (gen_random_uuid(), 1, '${MIA}', repeat('a', 100000) || 'c'), (gen_random_uuid(), 1, '${MIA}', repeat('a', 3000) || 'b')`,
      ),
    );
    await expect.poll(() => opened.map(({ rows }) => rows.length)).toEqual([1, 1, 1, 1, 1]);
  });
});

/** What may stand in a statement: names of the table and its columns in quotes, placeholders, types, and the keywords of the builder. */
const GRAMMAR =
  /^(?:"?public"?\."?annotations"?|t\."(?:id|widget_id|actor_id|body|score|tags|created_at|version)"|"(?:id|widget_id|actor_id|body|score|tags|created_at|version)"|'count'|'TimeZone'|'UTC'|\$\d+|::|pg_catalog\."?_?\w+"?|realtime\.as_image|\b(?:select|distinct|on|row|to_jsonb|jsonb_build_object|count|array|values|set_config|offset|true|false|utc|as|image|from|where|order|by|asc|desc|limit|and|or|not|is|null|like|ilike|any|text|x|t)\b|->|@>|<>|<=|>=|[=<>*(),[\] 0])+$/;

function reasonOf(error: unknown): unknown {
  const { reason, code } = error as { readonly reason?: string; readonly code?: string };
  return reason ?? code;
}
