import { describe, expect, it } from "vitest";
import { MAX_RECORD_BYTES } from "../state/record-text.js";
import type { IStateStore, StoredState } from "../state/state-store.seam.js";

/** A store under test: `store` and `other` are of two nodes, `pass` lets time pass. */
export interface StateStoreUnderTest {
  /** The store of one node. */
  readonly store: IStateStore;
  /** That of another node, on the same data. */
  readonly other: IStateStore;
  /** Lets so many milliseconds pass for both. */
  pass(ms: number): Promise<void> | void;
}

const TTL_MS = 1_200_000; // far above what a busy machine takes between two calls
const FIRST: StoredState = { version: 0, fingerprint: "f", state: { count: 0 }, digest: "d", events: [] };
const ODD = "\0 \ud800 🜂 '\"\\ {}\n%_$1;--";

/**
 * What every state store must do; an implementation's test file is one call.
 * @example stateStoreContract("redis", openRedisStore);
 */
export function stateStoreContract(name: string, open: () => Promise<StateStoreUnderTest> | StateStoreUnderTest): void {
  describe(`${name} keeps the state store contract`, () => {
    it("gives every node what one has created", async () => {
      const { store, other } = await open();
      await store.create("a", FIRST, TTL_MS);
      for (const each of [store, other]) expect(await each.read("a")).toEqual(FIRST);
      expect(await store.read("b")).toBeUndefined();
    });

    it("replaces what was created before", async () => {
      const { store, other } = await open();
      await store.create("a", { ...FIRST, version: 7, events: ["e"] }, TTL_MS);
      await other.create("a", FIRST, TTL_MS);
      expect(await store.read("a")).toEqual(FIRST);
    });

    it("swaps where the version is the expected one, and changes nothing otherwise", async () => {
      const { store, other } = await open();
      await store.create("a", FIRST, TTL_MS);
      expect(await swap(other, "a", 0)).toBe(true);
      expect(await swap(store, "a", 0)).toBe(false);
      expect(await swap(store, "a", 2)).toBe(false);
      expect(await swap(store, "b", 0)).toBe(false);
      expect(await store.read("a")).toEqual(recordAt(1));
      expect(await store.read("b")).toBeUndefined();
    });

    it("lets exactly one of many swaps at once succeed", async () => {
      const { store, other } = await open();
      await store.create("a", FIRST, TTL_MS);
      for (let version = 0; version < 5; version += 1) {
        const swaps = Array.from({ length: 20 }, async (_, n) => {
          const record = { ...recordAt(version + 1), state: n };
          return (await (n % 2 ? store : other).swap("a", version, { record, ttlMs: TTL_MS })) ? [n] : [];
        });
        const winners = (await Promise.all(swaps)).flat();
        expect(winners).toHaveLength(1);
        expect((await other.read("a"))?.state).toBe(winners[0]);
      }
    });

    it("loses no change of many that compare, swap and try again", async () => {
      const { store, other } = await open();
      await store.create("a", FIRST, TTL_MS);
      const add = async (node: IStateStore, event: string): Promise<void> => {
        const record = await node.read("a");
        if (!record) throw new Error("The record is gone.");
        const version = record.version + 1;
        const next = { ...record, version, state: version, events: [...record.events, event] };
        if (!(await node.swap("a", record.version, { record: next, ttlMs: TTL_MS }))) return add(node, event);
      };
      const events = Array.from({ length: 20 }, (_, n) => `e${n}`);
      await Promise.all(events.map((event, n) => add(n % 2 ? store : other, event)));
      const last = await store.read("a");
      expect(last).toMatchObject({ version: 20, state: 20 });
      expect(last?.events.toSorted()).toEqual(events.toSorted());
    });

    it("forgets a state after its time, which each swap begins anew", async () => {
      const { store, other, pass } = await open();
      await store.create("a", FIRST, TTL_MS);
      await pass(TTL_MS * 0.75);
      expect(await swap(store, "a", 0)).toBe(true);
      await pass(TTL_MS * 0.75);
      expect(await other.read("a")).toEqual(recordAt(1));
      await pass(TTL_MS * 0.5);
      expect(await other.read("a")).toBeUndefined();
      expect(await swap(store, "a", 1)).toBe(false);
      expect(await store.read("a")).toBeUndefined();
    });

    it("is not prolonged by reading", async () => {
      const { store, pass } = await open();
      await store.create("a", FIRST, TTL_MS);
      await pass(TTL_MS * 0.75);
      await store.read("a");
      await pass(TTL_MS * 0.75);
      expect(await store.read("a")).toBeUndefined();
    });

    it("deletes a state, and what is not there", async () => {
      const { store, other } = await open();
      await store.create("a", FIRST, TTL_MS);
      await other.delete("a");
      await other.delete("a");
      expect(await store.read("a")).toBeUndefined();
      expect(await swap(store, "a", 0)).toBe(false);
    });

    it("keeps any JSON, digest, fingerprint and 64 events unchanged", async () => {
      const { store, other } = await open();
      const state = { [ODD]: [ODD, 1e300, -0.5, null, true, { $date: 0, b: 1, a: 2 }] };
      const events = Array.from({ length: 64 }, (_, n) => `${ODD}${n}`);
      const record = { version: 2 ** 31 - 1, fingerprint: ODD, digest: ODD, state, events };
      await store.create("a", record, TTL_MS);
      expect(JSON.stringify(await other.read("a"))).toBe(JSON.stringify(record));
      await store.create("b", { version: 0, fingerprint: "", state: null, events: [] }, TTL_MS);
      expect(await other.read("b")).toEqual({ version: 0, fingerprint: "", state: null, events: [] });
    });

    it("takes any text as an id", async () => {
      const { store } = await open();
      const ids = ["", ODD, "\ud800", "\ud801", "\0", "__proto__", "constructor", "a", "A", "a ", "x".repeat(100_000)];
      for (const [version, id] of ids.entries()) await store.create(id, recordAt(version), TTL_MS);
      for (const [version, id] of ids.entries()) expect(await store.read(id)).toEqual(recordAt(version));
      for (const id of ids) await store.delete(id);
      for (const id of ids) expect(await store.read(id)).toBeUndefined();
    });

    it("refuses a record that is too large, and keeps the one before", async () => {
      const { store } = await open();
      await store.create("a", FIRST, TTL_MS);
      const record = (bytes: number) => {
        const empty = { ...recordAt(1), state: "" };
        return { ...empty, state: "é".repeat((bytes - JSON.stringify(empty).length) / 2) };
      };
      const large = record(MAX_RECORD_BYTES + 2);
      await expect(store.create("a", large, TTL_MS)).rejects.toThrow(TypeError);
      await expect(store.swap("a", 0, { record: large, ttlMs: TTL_MS })).rejects.toThrow(/read the rest in load/);
      expect(await store.read("a")).toEqual(FIRST);
      const largest = record(MAX_RECORD_BYTES);
      expect(await store.swap("a", 0, { record: largest, ttlMs: TTL_MS })).toBe(true);
      expect(await store.read("a")).toEqual(largest);
    });

    it("keeps a record as it was when it was passed", async () => {
      const { store } = await open();
      const state = { list: [1] };
      await store.create("a", { ...FIRST, state }, TTL_MS);
      state.list.push(2);
      const read = await store.read("a");
      expect(read?.state).toEqual({ list: [1] });
      Object.assign(read ?? {}, { state: 3 });
      expect((await store.read("a"))?.state).toEqual({ list: [1] });
    });

    it("lets exactly one of many claim a key, until the claim expires", async () => {
      const { store, other, pass } = await open();
      for (const key of ["a", ODD, ""]) {
        const claims = Array.from({ length: 20 }, (_, n) => (n % 2 ? store : other).claimOnce(key, TTL_MS));
        expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
      }
      await pass(TTL_MS / 2);
      expect(await other.claimOnce("a", TTL_MS)).toBe(false);
      await pass(TTL_MS);
      expect(await other.claimOnce("a", TTL_MS)).toBe(true);
      expect(await store.claimOnce("a", TTL_MS)).toBe(false);
    });

    it("does not mistake a claim for a state", async () => {
      const { store } = await open();
      expect(await store.claimOnce("a", TTL_MS)).toBe(true);
      expect(await store.read("a")).toBeUndefined();
      expect(await swap(store, "a", 0)).toBe(false);
      await store.create("a", FIRST, TTL_MS);
      await store.delete("a");
      expect(await store.claimOnce("a", TTL_MS)).toBe(false);
    });
  });
}

function recordAt(version: number): StoredState {
  return { version, fingerprint: "f", state: { count: version }, digest: `d${version}`, events: [`e${version}`] };
}

function swap(store: IStateStore, id: string, expected: number): Promise<boolean> {
  return store.swap(id, expected, { record: recordAt(expected + 1), ttlMs: TTL_MS });
}
