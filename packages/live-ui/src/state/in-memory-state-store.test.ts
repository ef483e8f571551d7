import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { stateStoreContract } from "../testing/state-store-contract.js";
import { InMemoryStateStore } from "./in-memory-state-store.js";

stateStoreContract("InMemoryStateStore", () => {
  const clock = new FakeClock();
  const store = new InMemoryStateStore({ clock });
  return { store, other: store, pass: (ms) => clock.advance(ms) };
});

const RECORD = { version: 0, fingerprint: "f", state: "x".repeat(1_000), events: [] };

it("forgets what was written longest ago beyond its bound of pages", async () => {
  const store = new InMemoryStateStore({ maxEntries: 3 });
  for (const id of ["a", "b", "c"]) await store.create(id, RECORD, 60_000);
  await store.swap("a", 0, { record: RECORD, ttlMs: 60_000 });
  await store.create("d", RECORD, 60_000);
  expect(await idsIn(store)).toEqual(["a", "c", "d"]);
});

it("forgets what was written longest ago beyond its bound of bytes", async () => {
  const store = new InMemoryStateStore({ maxBytes: 10_000 });
  for (const id of ["a", "b", "c", "d", "e", "f"]) await store.create(id, RECORD, 60_000);
  const { entries, bytes } = store.size;
  expect(bytes).toBeLessThanOrEqual(10_000);
  expect(await idsIn(store)).toEqual(["c", "d", "e", "f"]);
  expect(entries).toBe(4);
  await store.create("g", { ...RECORD, state: "x".repeat(3_000) }, 60_000);
  expect(await idsIn(store)).toEqual(["f", "g"]);
  for (const id of ["f", "g"]) await store.delete(id);
  expect(store.size).toEqual({ entries: 0, bytes: 0 });
});

it("frees the memory of what has expired when something is written", async () => {
  const clock = new FakeClock();
  const store = new InMemoryStateStore({ clock });
  for (let n = 0; n < 100; n += 1) await store.create(`${n}`, RECORD, 60_000);
  clock.advance(60_000);
  await store.create("new", RECORD, 60_000);
  expect(store.size.entries).toBe(1);
});

it("forgets no claim before its time: refuses new ones where it has too many, until some have expired", async () => {
  const clock = new FakeClock();
  const store = new InMemoryStateStore({ clock, maxEntries: 3 });
  for (const key of ["a", "b", "c"]) expect(await store.claimOnce(key, 60_000)).toBe(true);
  await expect(store.claimOnce("d", 60_000)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  for (const id of ["1", "2", "3", "4"]) await store.create(id, RECORD, 60_000);
  expect(await store.claimOnce("a", 60_000)).toBe(false);
  clock.advance(60_000);
  expect(await store.claimOnce("d", 60_000)).toBe(true);
});

async function idsIn(store: InMemoryStateStore): Promise<readonly string[]> {
  const ids = ["a", "b", "c", "d", "e", "f", "g"];
  const found = await Promise.all(ids.map(async (id) => ((await store.read(id)) ? [id] : [])));
  return found.flat();
}
