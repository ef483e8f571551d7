import { expect, it } from "vitest";
import { ids, note, queryClient, watched, type Note, nextTurn } from "../testing/query-client.js";

it.each([
  ["an index out of range", { patch: [["delete", 7]] }],
  ["an unknown operation", { patch: [["swap", 0, 1]] }],
])("reports %s, and receives the complete result anew while it shows what it has", async (_, payload) => {
  const { query, database, onError } = await queryClient([note("a"), note("b")]);
  const seen = watched(query("notes").orderBy("id"));
  await expect.poll(seen.status).toBe("subscribed");
  const before = seen.snapshots.length;
  await database.send("patch", payload);
  await expect.poll(() => database.subscribes.length).toBe(2);
  await expect.poll(seen.status).toBe("subscribed");
  expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: "PAYLOAD_INVALID" }));
  expect(database.subscribes[1]?.have).toBeUndefined();
  expect(database.subscribes[1]?.key).not.toBe(database.subscribes[0]?.key);
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
  await nextTurn(); // it has ended here
  const second = watched(query("notes").orderBy("id"));
  await expect.poll(() => database.subscribes.length).toBe(2);
  arrive();
  await expect.poll(second.status).toBe("subscribed");
  expect(ids(second.rows())).toBe("ab");
  expect(onError).not.toHaveBeenCalled();
});

it("recovers again and again, and states its rows at the next reconnect", async () => {
  const { query, database, transport, onError } = await queryClient([note("a")]);
  const seen = watched(query("notes"));
  await expect.poll(seen.status).toBe("subscribed");
  for (const time of [2, 3]) {
    await database.send("patch", { patch: [["delete", 7]] });
    await expect.poll(() => database.subscribes.length).toBe(time);
    await expect.poll(seen.status).toBe("subscribed");
    await expect.poll(() => database.openQueries).toBe(1);
  }
  transport.cut();
  await expect
    .poll(() => database.subscribes.map(({ have }) => have?.length))
    .toEqual([undefined, undefined, undefined, 1]);
  expect(onError).toHaveBeenCalledTimes(2);
});

it("applies the patch of an opening to the rows that were stated, and to no others", async () => {
  const { query, database, transport } = await queryClient(Array.from({ length: 501 }, (_, at) => note(`${at}`)));
  const seen = watched(query("notes"));
  await expect.poll(seen.status).toBe("subscribed");
  database.opening = { key: ["id"], patch: [["insert", 0, note("x")]] };
  transport.cut();
  await expect.poll(() => ids(seen.rows())).toBe("x");
});

it("states nothing after a patch of the opening that does not fit, and gives up where the complete result does not either", async () => {
  const { query, database, transport, onError } = await queryClient([note("a")]);
  const seen = watched(query("notes"));
  await expect.poll(seen.status).toBe("subscribed");
  database.opening = { key: ["id"], patch: [["delete", 5]] };
  transport.cut();
  await expect.poll(seen.status).toBe("refused");
  expect(database.subscribes.map(({ have }) => have?.length)).toEqual([undefined, 1, undefined]);
  expect(seen.last()).toMatchObject({ isStale: true, error: { code: "PAYLOAD_INVALID" }, rows: [{ id: "a" }] });
  expect(onError).toHaveBeenCalledTimes(2);
  database.opening = undefined;
  const again = watched(query("notes"));
  expect(again.status()).toBe("refused");
});
