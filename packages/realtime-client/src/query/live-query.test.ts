import { expect, it } from "vitest";
import { ids, note, queryClient, watched, nextTurn } from "../testing/query-client.js";
import { digest } from "./digest.js";
import type { QuerySnapshot } from "./query-snapshot.js";

it("shows at once that nothing is known, then the rows, then what changes, with the rows that do not change as they are", async () => {
  const { query, change } = await queryClient([note("a"), note("b"), note("c", { score: 9 })]);
  const seen = watched(query("notes").where("score", "<", 5).orderBy("id"));
  expect(seen.snapshots).toEqual([{ rows: [], status: "subscribing", isStale: false, isTruncated: false }]);
  await expect.poll(seen.status).toBe("subscribed");
  expect(ids(seen.rows())).toBe("ab");
  const [a, b] = seen.rows();
  await change((rows) => [...rows.map((row) => (row.id === "a" ? { ...row, body: "new" } : row)), note("aa")]);
  await expect.poll(() => ids(seen.rows())).toBe("aaab");
  expect(seen.rows()[0]).toEqual({ ...a, body: "new" });
  expect(seen.rows()[2]).toBe(b);
});

it("has one subscription for equal queries, whatever the order in which they were made", async () => {
  const { query, database } = await queryClient([note("a")]);
  const first = watched(query("notes").limit(5).orderBy("id"));
  await expect.poll(first.status).toBe("subscribed");
  const second = watched(query("notes").orderBy("id", "ASC").limit(5));
  expect(second.last()).toBe(first.last());
  watched(query("notes").orderBy("id").limit(6));
  await expect.poll(() => database.openQueries).toBe(2);
  expect(database.subscribes.length).toBe(2);
});

it("ends the subscription when the last has left, a turn later, and not for one that comes back at once", async () => {
  const { query, database, change } = await queryClient([note("a")]);
  const first = watched(query("notes"));
  await expect.poll(first.status).toBe("subscribed");
  first.stop();
  const second = watched(query("notes"));
  expect(ids(second.rows())).toBe("a");
  await nextTurn();
  await change(() => [note("b")]);
  await expect.poll(() => ids(second.rows())).toBe("b");
  second.stop();
  await expect.poll(() => database.openQueries).toBe(0);
  const third = watched(query("notes"));
  expect(third.rows()).toEqual([]);
  await expect.poll(third.status).toBe("subscribed");
  expect(new Set(database.subscribes.map(({ key }) => key)).size).toBe(2); // each under a name of its own
});

it("continues to share where listeners were added and removed twice within a turn", async () => {
  const { query, database } = await queryClient([note("a")]);
  const seen: { readonly status: () => string }[] = [];
  watched(query("notes")).stop(); // a turn later this one ends the subscription …
  setTimeout(() => seen.push(watched(query("notes")))); // … the next subscription begins …
  watched(query("notes")).stop(); // … and only then the time of this one is over
  await nextTurn();
  seen.push(watched(query("notes")));
  for (const { status } of seen) await expect.poll(status).toBe("subscribed");
  await expect.poll(() => database.openQueries).toBe(1);
  expect(database.subscribes.length).toBeLessThanOrEqual(2);
});

it("keeps what it shows while the connection is away, states which rows it has, and receives the difference", async () => {
  const { query, database, transport, change } = await queryClient([note("a"), note("b")]);
  const seen = watched(query("notes").orderBy("id"));
  await expect.poll(seen.status).toBe("subscribed");
  const shown = seen.rows();
  transport.isOffline = true;
  transport.cut();
  expect(seen.last()).toEqual({ rows: shown, status: "subscribing", isStale: true, isTruncated: false });
  await change(() => [note("b"), note("c")]);
  const before = seen.snapshots.length;
  transport.isOffline = false;
  await expect.poll(seen.status).toBe("subscribed");
  expect(database.subscribes.at(-1)?.have).toEqual(shown.map(digest));
  expect(new Set(database.subscribes.map(({ key }) => key)).size).toBe(1);
  expect(ids(seen.rows())).toBe("bc");
  expect(seen.rows()[0]).toBe(shown[1]);
  expect(seen.last().isStale).toBe(false);
  expect(seen.snapshots.slice(before).every(({ rows }) => rows.length === 2)).toBe(true); // no flash
});

it("states no rows where there are none, or more than 500; unchanged rows stay the same then too", async () => {
  const many = Array.from({ length: 501 }, (_, at) => note(String(at).padStart(3, "0")));
  const { query, database, transport } = await queryClient(many);
  const all = watched(query("notes").orderBy("id"));
  const most = watched(query("notes").orderBy("id").limit(500));
  const none = watched(query("notes").where("id", "?"));
  for (const { status } of [all, most, none]) await expect.poll(status).toBe("subscribed");
  const shown = all.rows();
  transport.cut();
  await expect.poll(() => database.subscribes.length).toBe(6);
  for (const { status } of [all, most, none]) await expect.poll(status).toBe("subscribed");
  expect(database.subscribes.map(({ have }) => have?.length)).toEqual([undefined, undefined, undefined, undefined, 500, undefined]); // prettier-ignore
  expect(all.rows().length).toBe(501);
  expect(all.rows().every((row, at) => row === shown[at])).toBe(true);
});

it("shows whether the server has more rows than it sends", async () => {
  const { query, database, transport } = await queryClient([note("a"), note("b")]);
  database.maxRows = 1;
  const seen = watched(query("notes"));
  await expect.poll(seen.status).toBe("subscribed");
  expect(seen.snapshots.map(({ isTruncated }) => isTruncated)).toEqual([false, true]);
  await database.send("truncated", { isTruncated: false });
  await expect.poll(() => seen.last().isTruncated).toBe(false);
  await database.send("truncated", { isTruncated: true });
  await expect.poll(() => seen.last()).toMatchObject({ isTruncated: true, status: "subscribed", isStale: false });
  transport.cut();
  await expect.poll(() => seen.last()).toMatchObject({ isTruncated: false, status: "subscribed" });
});

it("is stale from the server's event to the next, and keeps its rows", async () => {
  const { query, database } = await queryClient([note("a")]);
  const seen = watched(query("notes"));
  await expect.poll(seen.status).toBe("subscribed");
  await database.send("stale", { isStale: true });
  await expect.poll(() => seen.last().isStale).toBe(true);
  await database.send("patch", { patch: [["update", 0, { body: "late" }]] });
  await expect.poll(() => seen.rows()[0]?.body).toBe("late");
  expect(seen.last()).toMatchObject({ isStale: true, status: "subscribed" });
  await database.send("stale", { isStale: false });
  await expect.poll(() => seen.last().isStale).toBe(false);
});

it("shows a refusal with its reason, and subscribes again for a later listener", async () => {
  const { query, database } = await queryClient();
  database.tables.delete("notes");
  const seen = watched(query("notes"));
  await expect.poll(seen.status).toBe("refused");
  expect(seen.last()).toMatchObject({
    rows: [],
    isStale: false,
    error: { code: "REFUSED", reason: "QUERY_REFUSED", data: { why: "no table notes" } },
  });
  seen.stop();
  await database.set("notes", [note("a") as never]);
  await nextTurn();
  const later = watched(query("notes"));
  await expect.poll(() => ids(later.rows())).toBe("a");
});

it("shows preloaded rows before anything is sent, states them, and takes those of no other query", async () => {
  const { query, database } = await queryClient([note("a"), note("b")]);
  const notes = query("notes").orderBy("id");
  const live = notes.live({ query: { orderBy: [["id", "asc"]], table: "notes" }, key: ["id"], rows: [note("a")] });
  expect(live.snapshot).toMatchObject({ rows: [{ id: "a" }], status: "subscribing", isStale: false });
  const seen: QuerySnapshot[] = [];
  live.watch((snapshot) => seen.push(snapshot));
  await expect.poll(() => seen.at(-1)?.status).toBe("subscribed");
  expect(seen.every(({ rows, isStale }) => rows.length > 0 && !isStale)).toBe(true);
  expect(database.subscribes[0]?.have).toEqual([digest(note("a"))]);
  expect(seen.at(-1)?.rows).toEqual([note("a"), note("b")]);
  const other = query("notes").live({ query: notes.node, key: ["id"], rows: [note("a")] });
  expect(other.snapshot.rows).toEqual([]);
});
