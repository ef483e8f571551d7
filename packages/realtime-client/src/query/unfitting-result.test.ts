import { expect, it } from "vitest";
import { ids, note, queryClient, watched, type Note } from "../testing/query-client.js";

it.each([
  ["an index out of range", "patch", { patch: [["delete", 7]] }],
  ["an unknown operation", "patch", { patch: [["swap", 0, 1]] }],
  ["rows that nobody waits for", "rows", { rows: [note("x")] }],
])("reports %s, and receives the complete result anew while it shows what it has", async (_, event, payload) => {
  const { query, database, onError } = await queryClient([note("a"), note("b")]);
  const seen = watched(query("notes").orderBy("id"));
  await expect.poll(seen.status).toBe("subscribed");
  const before = seen.snapshots.length;
  await database.send(event, payload);
  await expect.poll(() => database.asks.length).toBe(2);
  await expect.poll(seen.status).toBe("subscribed");
  expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: "PAYLOAD_INVALID" }));
  expect(database.asks[1]?.have).toBeUndefined();
  expect(database.asks[1]?.key).not.toBe(database.asks[0]?.key);
  expect(seen.snapshots.slice(before).map(({ rows }) => ids(rows as Note[]))).not.toContain("");
  expect(ids(seen.rows())).toBe("ab");
  await expect.poll(() => database.openQueries).toBe(1);
});

it("applies nothing of an earlier subscription to a later one", async () => {
  const { query, database, transport, onError } = await queryClient([note("a"), note("b")]);
  const first = watched(query("notes").orderBy("id"));
  await expect.poll(first.status).toBe("subscribed");
  const arrive = transport.hold();
  await database.send("patch", { patch: [["delete", 0]] });
  first.stop();
  await new Promise((resolve) => setTimeout(resolve, 5)); // it has ended here
  const second = watched(query("notes").orderBy("id"));
  await expect.poll(() => database.asks.length).toBe(2);
  arrive();
  await expect.poll(second.status).toBe("subscribed");
  expect(ids(second.rows())).toBe("ab");
  expect(onError).not.toHaveBeenCalled();
});

it("states nothing after a patch of the opening that does not fit, and gives up where the complete result does not either", async () => {
  const { query, database, transport, onError } = await queryClient([note("a")]);
  const seen = watched(query("notes"));
  await expect.poll(seen.status).toBe("subscribed");
  database.opening = { key: ["id"], patch: [["delete", 5]] };
  transport.cut();
  await expect.poll(seen.status).toBe("refused");
  expect(database.asks.map(({ have }) => have?.length)).toEqual([undefined, 1, undefined]);
  expect(seen.last()).toMatchObject({ isStale: true, error: { code: "PAYLOAD_INVALID" }, rows: [{ id: "a" }] });
  expect(onError).toHaveBeenCalledTimes(2);
  database.opening = undefined;
  const again = watched(query("notes"));
  expect(again.status()).toBe("refused");
});
