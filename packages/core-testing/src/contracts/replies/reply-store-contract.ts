import type { IReplyStore, MessageKey } from "@repo/core-realtime";
import { describe, expect, it } from "vitest";
import type { MakeReplyStore } from "./reply-store-under-test";

const KEY: MessageKey = { userId: "mia", channel: "orders.1", messageId: "m1" };
const CLAIM_MS = 600_000; // far above what a busy machine takes between two calls
const KEEP_MS = 1_200_000;
const ODD = "\0 \ud800 🜂 '\"\\ {}\n";

/**
 * What every reply store must do; an implementation's test file is one call.
 * @example replyStoreContract("redis", makeRedisReplyStore);
 */
export function replyStoreContract(name: string, make: MakeReplyStore): void {
  describe(`${name} keeps the reply store contract`, () => {
    it("lets exactly one of many nodes at once claim a message", async () => {
      const { store, other } = await make();
      for (let round = 0; round < 5; round += 1) {
        const key = { ...KEY, messageId: `m${round}` };
        const claims = Array.from({ length: 20 }, async (_, n) => claim(n % 2 ? store : other, `c${n}`, key));
        const kinds = (await Promise.all(claims)).map(({ kind }) => kind);
        expect(kinds.toSorted()).toEqual(["new", ...Array.from({ length: 19 }, () => "running")]);
      }
    });

    it("gives every node the reply of a message that has run", async () => {
      const { store, other } = await make();
      await claim(store, "c1");
      await store.settle(KEY, "c1", { reply: "+1", keepMs: KEEP_MS });
      for (const each of [store, other]) expect(await claim(each, "c2")).toEqual({ kind: "done", reply: "+1" });
    });

    it("distinguishes messages by user, channel and id", async () => {
      const { store } = await make();
      const keys = [KEY, { ...KEY, userId: "sam" }, { ...KEY, channel: "orders.2" }, { ...KEY, messageId: "m2" }];
      for (const key of keys) {
        expect(await claim(store, key.userId, key)).toEqual({ kind: "new" });
        await store.settle(key, key.userId, { reply: JSON.stringify(key), keepMs: KEEP_MS });
      }
      for (const key of keys)
        expect(await claim(store, "again", key)).toEqual({ kind: "done", reply: JSON.stringify(key) });
    });

    it("lets a message run again that was released", async () => {
      const { store, other } = await make();
      await claim(store, "c1");
      await store.release(KEY, "c1");
      expect(await claim(other, "c2")).toEqual({ kind: "new" });
    });

    it("lets another node run a message whose claim has expired, and keeps the other's reply alone", async () => {
      const { store, other, pass } = await make();
      await claim(store, "c1");
      await pass(CLAIM_MS / 2);
      expect(await claim(other, "c2")).toEqual({ kind: "running" });
      await pass(CLAIM_MS);
      expect(await claim(other, "c2")).toEqual({ kind: "new" });
      await store.settle(KEY, "c1", { reply: "+late", keepMs: KEEP_MS });
      await store.release(KEY, "c1");
      expect(await claim(store, "c3")).toEqual({ kind: "running" });
      await other.settle(KEY, "c2", { reply: "+2", keepMs: KEEP_MS });
      await store.release(KEY, "c2");
      expect(await claim(store, "c3")).toEqual({ kind: "done", reply: "+2" });
    });

    it("forgets a reply after its time", async () => {
      const { store, pass } = await make();
      await claim(store, "c1");
      await store.settle(KEY, "c1", { reply: "+1", keepMs: KEEP_MS });
      await pass(KEEP_MS / 2);
      expect(await claim(store, "c2")).toEqual({ kind: "done", reply: "+1" });
      await pass(KEEP_MS);
      expect(await claim(store, "c2")).toEqual({ kind: "new" });
    });

    it("keeps any text, as an id and as a reply, and half a megabyte of it", async () => {
      const { store, other } = await make();
      for (const [index, reply] of ["", ODD, "x".repeat(512 * 1024)].entries()) {
        const key = { userId: ODD, channel: "orders.%F0%9F%9C%82", messageId: `${ODD} ${index}` };
        await claim(store, "c1", key);
        await store.settle(key, "c1", { reply, keepMs: KEEP_MS });
        expect(await claim(other, "c2", key)).toEqual({ kind: "done", reply });
      }
    });

    it("does nothing for a message that was not claimed", async () => {
      const { store } = await make();
      await store.settle(KEY, "c1", { reply: "+1", keepMs: KEEP_MS });
      await store.release(KEY, "c1");
      expect(await claim(store, "c2")).toEqual({ kind: "new" });
    });
  });
}

async function claim(store: IReplyStore, id: string, key = KEY) {
  return store.claim(key, { id, ms: CLAIM_MS });
}
