import { expect, it } from "vitest";
import { deferred } from "../testing/deferred.js";
import { ids, note, queryClient, watched, type Note } from "../testing/query-client.js";

it("leaves a query unknown of which nothing has arrived", async () => {
  const { query, transport, createRecord } = await queryClient([note("a")]);
  transport.isOffline = true;
  const seen = watched(query("notes"));
  const created = createRecord("notes", { id: "b" });
  expect(seen.snapshots.length).toBe(1);
  transport.isOffline = false;
  await created;
  expect(ids(seen.rows())).toBe("ab");
});

it("keeps a change that is made without a connection, shows it, and sends it once", async () => {
  const { query, database, transport, createRecord } = await queryClient([note("a")]);
  const seen = watched(query("notes").orderBy("id"));
  await expect.poll(seen.status).toBe("subscribed");
  transport.isOffline = true;
  transport.cut();
  const created = createRecord("notes", { id: "b" });
  expect(seen.last()).toMatchObject({ rows: [{ id: "a" }, { id: "b" }], isStale: true });
  const before = seen.snapshots.length;
  transport.isOffline = false;
  await created;
  expect(database.mutations.length).toBe(1);
  expect(seen.snapshots.slice(before).map(({ rows }) => ids(rows as Note[]))).not.toContain("a");
  expect(seen.rows()).toEqual(database.find({ table: "notes" }));
});

it("sends a change that was under way when the connection broke again, under the same id", async () => {
  const { query, database, transport, createRecord } = await queryClient([note("a")]);
  const seen = watched(query("notes").orderBy("id"));
  await expect.poll(seen.status).toBe("subscribed");
  const { promise, resolve } = deferred<undefined>();
  database.before = promise;
  const created = createRecord("notes", { id: "b" });
  await expect.poll(() => transport.frames.filter(({ type }) => type === "message").length).toBe(1);
  transport.cut();
  resolve(undefined);
  await created;
  expect(database.mutations.length).toBe(1);
  expect(ids(seen.rows())).toBe("ab");
});
