import { expect, it } from "vitest";
import { createMutations, isChangeRefusal, isConflict } from "../query.js";
import { deferred } from "../testing/deferred.js";
import { ids, note, queryClient, watched, type Note } from "../testing/query-client.js";

const UUID = /^[\da-f]{8}-[\da-f]{4}-7/;

it("creates, updates and deletes rows, and resolves with what the database has made of them", async () => {
  const { createRecord, createRecords, updateRecord, deleteRecord, database } = await queryClient();
  const one = await createRecord("notes", { body: "one" });
  expect(one).toMatchObject({ id: expect.stringMatching(UUID), body: "one", version: 1, madeBy: "database" });
  const more = await createRecords("notes", [{ id: "b", body: "two" }, { body: "three" }]);
  expect(more).toMatchObject([
    { id: "b", body: "two" },
    { id: expect.stringMatching(UUID), body: "three" },
  ]);
  expect(await updateRecord("notes", "b", { body: "new" })).toMatchObject({ id: "b", body: "new", version: 2 });
  expect(await deleteRecord("notes", one.id)).toBeUndefined();
  expect(database.find({ table: "notes" }).map(({ body }) => body)).toEqual(["new", "three"]);
});

it("shows a change at once, and drops what it has shown exactly when the server's own rows are there", async () => {
  const { query, database, createRecord, updateRecord, deleteRecord } = await queryClient([note("a"), note("c")]);
  const seen = watched(query("notes").orderBy("id"));
  await expect.poll(seen.status).toBe("subscribed");
  const { promise, resolve } = deferred<undefined>();
  database.before = promise;
  const created = createRecord("notes", { id: "b", body: "mine" });
  const updated = updateRecord("notes", "c", { body: "better" });
  const deleted = deleteRecord("notes", "a");
  expect(seen.rows()).toEqual([
    { id: "b", body: "mine", score: null, tags: null, version: null }, // as far as it is known
    note("c", { body: "better" }),
  ]);
  const before = seen.snapshots.length;
  resolve(undefined);
  await Promise.all([created, updated, deleted]);
  expect(seen.rows()).toEqual(database.find({ table: "notes", orderBy: [["id", "asc"]] }));
  for (const { rows } of seen.snapshots.slice(before)) expect(ids(rows as Note[])).toBe("bc"); // neither twice nor gone
});

it("shows a new row where the conditions certainly hold, at its place, within the limit", async () => {
  const { query, database, createRecord } = await queryClient([
    note("a", { score: 1 }),
    note("b", { score: 3 }),
    note("c", { score: 5 }),
  ]);
  database.before = new Promise(() => undefined);
  const byScore = query("notes").orderBy("score", "DESC");
  const seen = {
    place: watched(byScore),
    holds: watched(byScore.where("score", ">", 2)),
    fails: watched(byScore.where("score", ">", 4)),
    unknown: watched(byScore.where("version", ">", 0)), // the database makes it
    collation: watched(byScore.where("body", ">", "a")),
    limit: watched(byScore.limit(2)),
    beyond: watched(byScore.limit(1)),
    window: watched(byScore.offset(1)),
    selected: watched(byScore.select("id", "score")),
    unplaced: watched(byScore.select("id")),
    unordered: watched(query("notes")),
    newest: watched(query("notes").orderBy("version", "DESC").orderBy("id")),
  };
  for (const { status } of Object.values(seen)) await expect.poll(status).toBe("subscribed");
  void createRecord("notes", { id: "N", score: 4 }).catch(() => undefined);
  const shown = Object.entries(seen).map(([name, { rows }]) => [name, ids(rows() as readonly Note[])]);
  expect(Object.fromEntries(shown)).toEqual({
    place: "cNba",
    holds: "cNb",
    fails: "c",
    unknown: "cba",
    collation: "cba",
    limit: "cN",
    beyond: "c",
    window: "ba",
    selected: "cNba",
    unplaced: "cba",
    unordered: "abcN",
    newest: "Nabc",
  });
  expect(seen.selected.rows()[1]).toEqual({ id: "N", score: 4 });
});

it("takes a row away that an update certainly excludes, and leaves it where that is unknown", async () => {
  const { query, database, createRecord, updateRecord } = await queryClient([note("a", { score: 1 })]);
  database.before = new Promise(() => undefined);
  const low = watched(query("notes").where("score", "<", 5));
  const ids_ = watched(query("notes").where("score", "<", 5).select("id"));
  const count = watched(query("notes").counted());
  for (const { status } of [low, ids_, count]) await expect.poll(status).toBe("subscribed");
  void updateRecord("notes", "a", { score: 9 }).catch(() => undefined);
  void createRecord("notes", { score: 9 }).catch(() => undefined);
  expect([low.rows(), ids_.rows(), count.rows()]).toEqual([[], [{ id: "a" }], [{ count: 1 }]]);
});

it("shows what is sent: nothing for undefined, a text for a Date", async () => {
  const { query, database, updateRecord } = await queryClient([note("a")]);
  database.before = new Promise(() => undefined);
  const seen = watched(query("notes"));
  await expect.poll(seen.status).toBe("subscribed");
  const set = { body: undefined, score: new Date(0) };
  void updateRecord("notes", "a", set as never).catch(() => undefined);
  expect(seen.rows()).toEqual([{ ...note("a"), score: "1970-01-01T00:00:00.000Z" }]);
});

it("takes a refused change back, that alone, and rejects with the reason", async () => {
  const { query, database, createRecord, updateRecord } = await queryClient([note("a")]);
  const seen = watched(query("notes").orderBy("id"));
  await expect.poll(seen.status).toBe("subscribed");
  const { promise, resolve } = deferred<undefined>();
  database.before = promise;
  const refused = createRecord("notes", { id: "b", body: "forbidden" }).catch((error: unknown) => error);
  const kept = updateRecord("notes", "a", { body: "kept" });
  expect(seen.rows().map(({ body }) => body)).toEqual(["kept", "forbidden"]);
  resolve(undefined);
  const error = await refused;
  expect(isChangeRefusal(error) && error.data).toEqual({ change: 0, fault: "invalid", why: "no" });
  expect(isConflict(error)).toBe(false);
  await kept;
  expect(seen.rows()).toEqual([note("a", { body: "kept", version: 2 })]);
});

it("rejects with the row as it is now where another version was expected, and takes the change back", async () => {
  const { query, change, updateRecord, deleteRecord } = await queryClient([note("a")]);
  const seen = watched(query("notes"));
  await expect.poll(seen.status).toBe("subscribed");
  await change(() => [note("a", { body: "theirs", version: 2 })]);
  const expected = { expect: { version: 1 } };
  const error: unknown = await updateRecord("notes", "a", { body: "mine" }, expected).catch((cause: unknown) => cause);
  if (!isConflict<Note>(error)) throw error;
  expect(error.data).toEqual({ row: note("a", { body: "theirs", version: 2 }), change: 0 });
  expect(seen.rows()).toEqual([error.data.row]);
  const gone: unknown = await deleteRecord("notes", "z", expected).catch((cause: unknown) => cause);
  expect(isConflict(gone) && gone.data.row).toBeNull();
  expect(await updateRecord("notes", "a", { body: "mine" }, { expect: { version: 2 } })).toMatchObject({ version: 3 });
});

it("makes all changes of a transaction or none, and shows them together", async () => {
  const { query, transaction } = await queryClient([note("a"), note("b")]);
  const seen = watched(query("notes").orderBy("id"));
  await expect.poll(seen.status).toBe("subscribed");
  const done = transaction([
    { op: "create", table: "notes", row: { id: "c" } },
    { op: "update", table: "notes", id: "a", set: { body: "new" } },
    { op: "delete", table: "notes", id: "b" },
  ]);
  expect(ids(seen.rows())).toBe("ac");
  const [created, updated, deleted] = await done;
  expect([created?.id, updated?.body, deleted]).toEqual(["c", "new", null]);
  const refused = transaction([
    { op: "delete", table: "notes", id: "a" },
    { op: "update", table: "notes", id: "a", set: {} },
  ]);
  expect(ids(seen.rows())).toBe("c");
  await expect(refused).rejects.toMatchObject({ reason: "CONFLICT", data: { row: null, change: 1 } });
  expect(ids(seen.rows())).toBe("ac");
});

it("leaves the key to the database where the app sets no key column, and makes the key that it sets", async () => {
  const { client, query, database } = await queryClient([note("a")]);
  const seen = watched(query("notes"));
  await expect.poll(seen.status).toBe("subscribed");
  const byDatabase = createMutations(client, { uuidKeys: { notes: undefined } });
  const created = byDatabase.createRecord("notes", { body: "x" });
  expect(ids(seen.rows())).toBe("a");
  expect(await created).toMatchObject({ id: "2" });
  await createMutations(client, { uuidKeys: { notes: "ref" } }).createRecord("notes", {});
  expect(database.find({ table: "notes" }).at(-1)).toMatchObject({ id: "3", ref: expect.stringMatching(UUID) });
});
