import { describe, expect, it } from "vitest";
import { committed, pageWith, restored, storeMode, TTL_MS, WHO } from "./page-state-under-test.js";

describe("the state of a page in a store", () => {
  it("keeps one token while it changes, until half of the token's time is over", async () => {
    const { pages, clock } = storeMode();
    const first = await pages.open(pageWith(0));
    const second = committed(await pages.commit(first, { state: 1 }));
    expect(second.token).toBe(first.token);
    clock.advance(TTL_MS / 2);
    const third = committed(await pages.commit(second, { state: 2 }));
    expect(third.token).not.toBe(first.token);
    for (const { token } of [first, third]) expect((await restored(pages, token)).state).toBe(2);
  });

  it("changes exactly once per event while many nodes change it and clients send again", async () => {
    const { pages } = storeMode();
    const { token } = await pages.open(pageWith(0));
    const add = async (eventId: string) => {
      let at = await restored(pages, token);
      if (!(await pages.claim(at, { eventId }))) return "repeated";
      for (;;) {
        const result = await pages.commit(at, { state: Number(at.state) + 1, eventId });
        if (result.outcome === "gone") throw new Error("gone");
        if (result.outcome !== "conflict") return result.outcome;
        at = result.page;
      }
    };
    const events = Array.from({ length: 40 }, (_, n) => `e${n % 20}`);
    const outcomes = await Promise.all(events.map(add));
    expect(outcomes.filter((outcome) => outcome === "committed")).toHaveLength(20);
    expect(await Promise.all(events.map(add))).toEqual(events.map(() => "repeated"));
    expect((await restored(pages, token)).state).toBe(20);
  });

  it("returns the newest version with a conflict and a repeat", async () => {
    const { pages } = storeMode();
    const old = await pages.open(pageWith("old"));
    const newest = committed(await pages.commit(old, { state: "new", eventId: "e1" }));
    expect(await pages.commit(old, { state: "mine", eventId: "e2" })).toEqual({ outcome: "conflict", page: newest });
    expect(await pages.commit(old, { state: "mine", eventId: "e1" })).toEqual({ outcome: "repeated", page: newest });
    expect(await pages.commit(newest, { state: "mine", eventId: "e1" })).toEqual({ outcome: "repeated", page: newest });
    expect(await pages.claim(newest, { eventId: "e1" })).toBe(false);
    expect(await pages.claim(newest, { eventId: "e2" })).toBe(true);
  });

  it("remembers the last 64 events, of ids of any length", async () => {
    const { pages } = storeMode();
    let at = await pages.open(pageWith(0));
    const id = (n: number) => `${n}`.padStart(n % 2 ? 5 : 100_000, "é");
    for (let n = 0; n < 65; n += 1) at = committed(await pages.commit(at, { state: n, eventId: id(n) }));
    expect(at.events).toHaveLength(64);
    expect(at.events.join("").length).toBeLessThan(64 * 44);
    expect(await pages.claim(at, { eventId: id(0) })).toBe(true);
    for (let n = 1; n < 65; n += 1) expect(await pages.claim(at, { eventId: id(n) })).toBe(false);
  });

  it("is gone when it was closed", async () => {
    const { pages } = storeMode();
    const at = await pages.open(pageWith(0));
    await pages.close(at);
    expect(await pages.restore(at.token, WHO)).toBeUndefined();
    expect(await pages.commit(at, { state: 1 })).toEqual({ outcome: "gone" });
  });

  it("lets one of two equal events run an action that runs once, before either is committed", async () => {
    const { pages } = storeMode();
    const at = await pages.open(pageWith(0));
    const claim = (eventId?: string) => pages.claim(at, { eventId, once: "pay" });
    expect(await Promise.all([claim("e1"), claim("e1"), claim("e2")])).toEqual([true, false, true]);
    await expect(claim()).rejects.toMatchObject({ code: "PAYLOAD_INVALID" });
  });
});
