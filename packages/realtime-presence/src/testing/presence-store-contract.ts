import { expect, it } from "vitest";
import type { IPresenceStore } from "../presence-store.js";
import { presenceStoreBoundsContract } from "./presence-store-bounds-contract.js";
import { idsOf, stored, WIDE } from "./stored.js";

/** What a contract run needs: an empty store, and a way to let its time pass. */
export interface PresenceStoreUnderTest {
  /** An empty store, of this test alone. */
  readonly store: IPresenceStore;
  /** Lets so many milliseconds pass for the store. */
  pass(ms: number): Promise<void> | void;
}

/** The suite every `IPresenceStore` passes: one call is the whole test file. */
export function presenceStoreContract(
  name: string,
  make: () => Promise<PresenceStoreUnderTest> | PresenceStoreUnderTest,
): void {
  it(`${name}: counts a user's tabs in the same step as the write`, async () => {
    const { store } = await make();
    expect(await store.put("a", stored("c1", "mia"), WIDE)).toEqual({ tabs: 1, known: undefined });
    expect(await store.put("a", stored("c2", "mia"), WIDE)).toEqual({ tabs: 2, known: undefined });
    expect(await store.put("a", stored("c3", "sam"), WIDE)).toEqual({ tabs: 1, known: undefined });
    expect(await store.remove("a", "c1")).toMatchObject({ tabs: 1, known: { connectionId: "c1" } });
    expect(await store.remove("a", "c2")).toMatchObject({ tabs: 0, known: { connectionId: "c2" } });
  });

  it(`${name}: lets exactly one of many writers at once see the first and the last tab`, async () => {
    const { store } = await make();
    const ids = Array.from({ length: 20 }, (_, n) => `c${n}`);
    const joined = await Promise.all(ids.map((id) => store.put("a", stored(id, "mia"), WIDE)));
    expect(joined.filter(({ tabs }) => tabs === 1)).toHaveLength(1);
    const left = await Promise.all(ids.map((id) => store.remove("a", id)));
    expect(left.filter(({ tabs }) => tabs === 0)).toHaveLength(1);
    expect(await store.list("a")).toEqual({ members: [], total: 0 });
  });

  it(`${name}: replaces a member by its connection in its place, and returns the one before`, async () => {
    const { store } = await make();
    for (const id of ["c1", "c2"]) await store.put("a", stored(id, "mia"), WIDE);
    const renewed = { ...stored("c1", "mia").member, meta: { at: "door" }, lastActive: 7 };
    const count = await store.put("a", { ...stored("c1", "mia"), member: renewed }, WIDE);
    expect(count).toMatchObject({ tabs: 2, known: { connectionId: "c1", lastActive: 1 } });
    expect(await store.list("a")).toEqual({ members: [renewed, stored("c2", "mia").member], total: 2 });
  });

  it(`${name}: counts a connection for its new user, where another one has it`, async () => {
    const { store } = await make();
    for (const id of ["c1", "c2"]) await store.put("a", stored(id, "mia"), WIDE);
    expect(await store.put("a", stored("c1", "sam"), WIDE)).toMatchObject({ tabs: 1, known: { userId: "mia" } });
    expect(await store.remove("a", "c2")).toMatchObject({ tabs: 0 });
  });

  it(`${name}: lists the oldest first, and keeps channels apart`, async () => {
    const { store } = await make();
    for (const id of ["c1", "c2", "c3"]) await store.put("a", stored(id, id), WIDE);
    await store.put("b", stored("c4", "c4"), WIDE);
    expect(idsOf((await store.list("a")).members)).toEqual(["c1", "c2", "c3"]);
    expect(await store.list("nowhere")).toEqual({ members: [], total: 0 });
  });

  it(`${name}: reports nothing for an absent member, and removes no member twice`, async () => {
    const { store } = await make();
    await store.put("a", stored("c1", "mia"), WIDE);
    expect(await store.remove("a", "absent")).toEqual({ tabs: 0, known: undefined });
    await store.remove("a", "c1");
    expect(await store.remove("a", "c1")).toEqual({ tabs: 0, known: undefined });
  });

  it(`${name}: counts every anonymous visitor as a user alone`, async () => {
    const { store } = await make();
    await store.put("a", stored("c1", null), WIDE);
    expect(await store.put("a", stored("c2", null), WIDE)).toMatchObject({ tabs: 1 });
    expect(await store.remove("a", "c1")).toMatchObject({ tabs: 0 });
  });

  it(`${name}: returns the members of nodes that fell silent, and of no other`, async () => {
    const { store, pass } = await make();
    for (const nodeId of ["n1", "n2"]) await store.beat(nodeId);
    await store.put("a", { ...stored("c1", "mia"), nodeId: "n1" }, WIDE);
    await store.put("a", { ...stored("c2", "sam"), nodeId: "n2" }, WIDE);
    expect(await store.reap(1_000)).toEqual([]);
    await pass(800);
    await store.beat("n2");
    await pass(300);
    expect(await store.reap(1_000)).toMatchObject([{ channel: "a", member: { connectionId: "c1" } }]);
    expect((await store.list("a")).total).toBe(2);
  });

  presenceStoreBoundsContract(name, make);
}
