import { expect, it } from "vitest";
import type { AnyQuery } from "./query/query-node.js";
import { preloadQuery, type PreloadableQuery } from "./preload-query.js";

const user = { userId: "mia", roles: [] };

/** Records the queries that it receives. */
function recordingQueries() {
  const received: AnyQuery[] = [];
  const live = {
    fetch: async (query: AnyQuery) => {
      received.push(query);
      return { rows: [{ id: "7" }], key: ["id"], isTruncated: false };
    },
  };
  return { received, live };
}

/** What a client's builder makes: its conditions are not typed by what the server takes. */
function built(node: object): PreloadableQuery<{ readonly id: string }> {
  return { node, fetch: async () => [] };
}

it("reads a query as JSON, and one of the client's builder, whose rows have its type", async () => {
  const { received, live } = recordingQueries();
  const node = { table: "notes", where: { and: [["id", "=", "7"]] }, limit: 5 } as const;
  const preloaded = await preloadQuery(live, built(node), user);
  const ids: readonly string[] = preloaded.rows.map(({ id }) => id);
  expect(ids).toEqual(["7"]);
  expect(preloaded).toEqual({ query: node, key: ["id"], rows: [{ id: "7" }] });
  expect(await preloadQuery(live, node, user)).toEqual(preloaded);
  expect(received).toEqual([node, node]);
});

it.each([
  ["an object where a value belongs", { table: "notes", where: ["id", "=", { sub: "query" }] }],
  ["an unknown operator", { table: "notes", where: ["id", "~", "a"] }],
  ["no table", { where: ["id", "=", "7"] }],
])("refuses %s before anything is read", async (_, node) => {
  const { received, live } = recordingQueries();
  await expect(preloadQuery(live, built(node), user)).rejects.toMatchObject({ code: "PAYLOAD_INVALID" });
  expect(received).toEqual([]);
});
