import { expect, it } from "vitest";
import type { PresenceStoreUnderTest } from "./presence-store-contract.js";
import { idsOf, stored, WIDE } from "./stored.js";

/** The part of the contract that is about bounds and pieces of a list. */
export function presenceStoreBoundsContract(
  name: string,
  make: () => Promise<PresenceStoreUnderTest> | PresenceStoreUnderTest,
): void {
  it(`${name}: gives the list in pieces below a byte bound, each with at least one member`, async () => {
    const { store } = await make();
    for (const [id, bytes] of [
      ["c1", 100],
      ["c2", 100],
      ["c3", 900],
      ["c4", 100],
    ] as const)
      // prettier-ignore
      await store.put("a", stored(id, id, bytes), WIDE);
    const pieces: (readonly string[])[] = [];
    let after: string | undefined;
    do {
      const page = await store.list("a", { after, maxBytes: 250 });
      expect(page.total).toBe(4);
      pieces.push(idsOf(page.members));
      after = page.next;
    } while (after !== undefined);
    expect(pieces).toEqual([["c1", "c2"], ["c3"], ["c4"]]);
  });

  it(`${name}: continues behind a piece whose last member has left, and includes members that join meanwhile`, async () => {
    const { store } = await make();
    for (const id of ["c1", "c2", "c3"]) await store.put("a", stored(id, id), WIDE);
    const { members, next } = await store.list("a", { maxBytes: 200 });
    expect(idsOf(members)).toEqual(["c1", "c2"]);
    await store.remove("a", "c2");
    await store.put("a", stored("c4", "c4"), WIDE);
    expect(idsOf((await store.list("a", { after: next, maxBytes: 200 })).members)).toEqual(["c3", "c4"]);
  });

  it(`${name}: has no piece behind a cursor that it never gave`, async () => {
    const { store } = await make();
    await store.put("a", stored("c1", "mia"), WIDE);
    for (const after of ["nonsense", "99999"])
      expect(await store.list("a", { after, maxBytes: 200 })).toEqual({ members: [], total: 1 });
  });

  it(`${name}: takes no more tabs of a user than it may have, from many writers at once`, async () => {
    const { store } = await make();
    const bounds = { ...WIDE, maxTabs: 3 };
    const ids = Array.from({ length: 8 }, (_, n) => `c${n}`);
    const puts = await Promise.all(ids.map((id) => store.put("a", stored(id, "mia"), bounds)));
    const refused = puts.filter(({ full }) => full !== undefined); // whichever of them the store took last
    expect(refused).toEqual(Array.from({ length: 5 }, () => ({ tabs: 3, known: undefined, full: "tabs" })));
    expect(await store.put("a", stored("other", "sam"), bounds)).toEqual({ tabs: 1, known: undefined });
    const [first = ""] = idsOf((await store.list("a")).members);
    expect(await store.put("a", stored(first, "mia"), bounds)).toMatchObject({ tabs: 3, known: { userId: "mia" } });
    await store.remove("a", first);
    expect(await store.put("a", stored("late", "mia"), bounds)).toEqual({ tabs: 3, known: undefined });
  });

  it(`${name}: takes no more members than a list may have, and keeps those it has`, async () => {
    const { store } = await make();
    const bounds = { ...WIDE, maxMembers: 2 };
    const puts = await Promise.all(["c1", "c2", "c3"].map((id) => store.put("a", stored(id, id), bounds)));
    expect(puts.flatMap(({ full }) => full ?? [])).toEqual(["members"]);
    expect(await store.put("b", stored("c3", "c3"), bounds)).toEqual({ tabs: 1, known: undefined });
    expect((await store.list("a")).total).toBe(2);
  });

  it(`${name}: takes no more bytes than a list may have, neither of a newcomer nor of an update`, async () => {
    const { store } = await make();
    const bounds = { ...WIDE, maxListBytes: 250 };
    for (const id of ["c1", "c2"]) await store.put("a", stored(id, id), bounds);
    expect(await store.put("a", stored("c3", "c3"), bounds)).toEqual({ tabs: 0, known: undefined, full: "bytes" });
    const larger = await store.put("a", stored("c1", "c1", 151), bounds);
    expect(larger).toMatchObject({ tabs: 1, known: { connectionId: "c1" }, full: "bytes" });
    expect(await store.put("a", stored("c1", "c1", 150), bounds)).toMatchObject({ tabs: 1 });
    expect((await store.put("a", stored("c2", "c2", 90), bounds)).full).toBeUndefined();
    await store.remove("a", "c1");
    expect(await store.put("a", stored("c3", "c3"), bounds)).toEqual({ tabs: 1, known: undefined });
  });
}
