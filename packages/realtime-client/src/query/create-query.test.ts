import { expect, it } from "vitest";
import { createRealtimeClient } from "../index.js";
import { createQueries } from "../query.js";
import { note, queryClient, type TestDatabase } from "../testing/query-client.js";

const { query, liveQuery } = createQueries<TestDatabase>(createRealtimeClient({ url: "/" }));
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

it("writes a query as JSON", () => {
  const node = query("notes")
    .where("id", "7")
    .where("score", ">=", 3)
    .where(["score", "is not null"])
    .where({ or: [["body", "ilike", "%draft%"], { not: ["tags", "contains", ["a"]] }] })
    .select("id", "body")
    .orderBy("score", "DESC")
    .orderBy("id")
    .limit(50)
    .offset(10)
    .distinctOn("score").node;
  expect(plain(node)).toEqual({
    table: "notes",
    where: {
      and: [
        ["id", "=", "7"],
        ["score", ">=", 3],
        ["score", "is not null"],
        { or: [["body", "ilike", "%draft%"], { not: ["tags", "contains", ["a"]] }] },
      ],
    },
    select: ["id", "body"],
    orderBy: [
      ["score", "desc"],
      ["id", "asc"],
    ],
    limit: 50,
    offset: 10,
    distinctOn: ["score"],
  });
  expect(plain(query("notes").node)).toEqual({ table: "notes" });
  expect(plain(query("notes").counted().node)).toEqual({ table: "notes", count: true });
  expect(plain(liveQuery("mine", { page: 2 }).node)).toEqual({ name: "mine", args: { page: 2 } });
});

it("leaves a query as it is when another is made of it", () => {
  const all = query("notes").where("id", "7").orderBy("id");
  const { json } = all;
  all.where("score", 1).orderBy("score").select("id").limit(1).one();
  expect(all.json).toBe(json);
  expect(plain(all.node)).toMatchObject({ where: { and: [["id", "=", "7"]] }, orderBy: [["id", "asc"]] });
});

it("has equal texts for equal queries alone", () => {
  const one = query("notes").limit(5).orderBy("id").where("tags", "contains", ["a", "b"]);
  expect(query("notes").where("tags", "contains", ["a", "b"]).orderBy("id").limit(5).json).toBe(one.json);
  expect(query("notes").where("tags", "contains", ["b", "a"]).orderBy("id").limit(5).json).not.toBe(one.json);
  expect(liveQuery("mine", { a: { x: 1, y: [] }, b: 2 }).json).toBe(
    liveQuery("mine", { b: 2, a: { y: [], x: 1 } }).json,
  );
  expect(liveQuery("mine", { a: [] }).json).not.toBe(liveQuery("mine", { a: {} }).json);
});

it("fetches rows, one row, and the number of rows once, over one subscription", async () => {
  const { query, database, transport } = await queryClient([note("b"), note("a"), note("c", { score: 9 })]);
  const few = query("notes").where("score", "<", 5).orderBy("id");
  expect(await few.fetch()).toEqual([note("a"), note("b")]);
  expect(await few.fetchOne()).toEqual(note("a"));
  expect(await query("notes").where("id", "?").fetchOne()).toBeUndefined();
  expect(await few.count()).toBe(2);
  expect(database.openQueries).toBe(0);
  expect(transport.frames.filter(({ type }) => type === "subscribe").length).toBeLessThanOrEqual(1);
});

it("fetches when there is a connection again", async () => {
  const { query, transport, change } = await queryClient([note("a")]);
  transport.isOffline = true;
  const rows = query("notes").fetch();
  await change(() => [note("b")]);
  transport.isOffline = false;
  expect(await rows).toEqual([note("b")]);
});

it("counts live", async () => {
  const { query, change } = await queryClient([note("a")]);
  const seen: unknown[] = [];
  query("notes")
    .counted()
    .watch(({ rows }) => seen.push(rows[0]?.count));
  await expect.poll(() => seen.at(-1)).toBe(1);
  await change((rows) => [...rows, note("b")]);
  await expect.poll(() => seen.at(-1)).toBe(2);
});
