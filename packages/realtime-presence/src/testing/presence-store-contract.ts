import { expect, it } from "vitest";
import type { IPresenceStore, StoredMember } from "../presence-store.js";

/** What a contract run needs: an empty store, and a way to let its time pass. */
export interface PresenceStoreUnderTest {
  readonly store: IPresenceStore;
  /** Lets so many milliseconds pass for the store. */
  pass(ms: number): Promise<void> | void;
}

/** The suite every `IPresenceStore` passes: one call is the whole test file. */
export function presenceStoreContract(
  name: string,
  make: () => Promise<PresenceStoreUnderTest> | PresenceStoreUnderTest,
): void {
  const seat = (connectionId: string, userId: string | null, more: Partial<StoredMember> = {}): StoredMember => ({
    nodeId: "n1",
    member: { connectionId, userId, joinedAt: 1 },
    ...more,
  });

  it(`${name}: counts a person's tabs in the same step as the write`, async () => {
    const { store } = await make();
    expect(await store.put("a", seat("c1", "mia"))).toEqual({ tabs: 1, known: undefined });
    expect(await store.put("a", seat("c2", "mia"))).toEqual({ tabs: 2, known: undefined });
    expect(await store.put("a", seat("c3", "sam"))).toEqual({ tabs: 1, known: undefined });
    expect(await store.remove("a", "c1")).toMatchObject({ tabs: 1, known: { connectionId: "c1" } });
    expect(await store.remove("a", "c2")).toMatchObject({ tabs: 0, known: { connectionId: "c2" } });
  });

  it(`${name}: lets exactly one of many writers at once see the first and the last tab`, async () => {
    const { store } = await make();
    const ids = Array.from({ length: 20 }, (_, n) => `c${n}`);
    const joined = await Promise.all(ids.map((id) => store.put("a", seat(id, "mia"))));
    expect(joined.filter(({ tabs }) => tabs === 1)).toHaveLength(1);
    const left = await Promise.all(ids.map((id) => store.remove("a", id)));
    expect(left.filter(({ tabs }) => tabs === 0)).toHaveLength(1);
    expect(await store.list("a")).toEqual([]);
  });

  it(`${name}: replaces a member by its connection, and says what was known`, async () => {
    const { store } = await make();
    await store.put("a", seat("c1", "mia"));
    const renewed = { connectionId: "c1", userId: "mia", joinedAt: 1, meta: { at: "door" } };
    expect(await store.put("a", seat("c1", "mia", { member: renewed }))).toMatchObject({
      tabs: 1,
      known: { connectionId: "c1" },
    });
    expect(await store.list("a")).toEqual([renewed]);
  });

  it(`${name}: lists the oldest first, and keeps channels apart`, async () => {
    const { store } = await make();
    for (const id of ["c1", "c2", "c3"]) await store.put("a", seat(id, id));
    await store.put("b", seat("c4", "c4"));
    expect((await store.list("a")).map(({ connectionId }) => connectionId)).toEqual(["c1", "c2", "c3"]);
    expect(await store.list("nowhere")).toEqual([]);
  });

  it(`${name}: knows nothing of a stranger, and of nobody twice`, async () => {
    const { store } = await make();
    await store.put("a", seat("c1", "mia"));
    expect(await store.remove("a", "stranger")).toEqual({ tabs: 0, known: undefined });
    await store.remove("a", "c1");
    expect(await store.remove("a", "c1")).toEqual({ tabs: 0, known: undefined });
  });

  it(`${name}: takes every anonymous visitor for a person alone`, async () => {
    const { store } = await make();
    await store.put("a", seat("c1", null));
    expect(await store.put("a", seat("c2", null))).toMatchObject({ tabs: 1 });
    expect(await store.remove("a", "c1")).toMatchObject({ tabs: 0 });
  });

  it(`${name}: names the members of nodes that fell silent, and of no other`, async () => {
    const { store, pass } = await make();
    for (const nodeId of ["n1", "n2"]) await store.beat(nodeId);
    await store.put("a", seat("c1", "mia", { nodeId: "n1" }));
    await store.put("a", seat("c2", "sam", { nodeId: "n2" }));
    expect(await store.reap(1_000)).toEqual([]);
    await pass(800);
    await store.beat("n2");
    await pass(300);
    expect(await store.reap(1_000)).toMatchObject([{ channel: "a", member: { connectionId: "c1" } }]);
    expect(await store.list("a")).toHaveLength(2);
  });
}
