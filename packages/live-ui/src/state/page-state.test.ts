import { FakeClock } from "@repo/core-testing";
import { describe, expect, it } from "vitest";
import { InMemoryStateStore } from "./in-memory-state-store.js";
import { committed, pageWith, restored, storeMode, tokenMode, TTL_MS, WHO } from "./page-state-under-test.js";
import { PageState } from "./page-state.js";
import { PageTokens } from "./page-tokens.js";

describe("the state of a page, in both modes", () => {
  const modes = [["in the token", tokenMode] as const, ["in a store", storeMode] as const];

  it.each(modes)("is restored as it was opened and committed, %s", async (_, mode) => {
    const { pages } = mode();
    const state = { at: new Date(0), count: 1n, tags: new Set(["a"]) };
    const opened = await pages.open(pageWith(state));
    expect(await pages.restore(opened.token, WHO)).toEqual(opened);
    const result = await pages.commit(opened, { state: { count: 2n }, digest: "d2", fingerprint: "f2" });
    const again = await restored(pages, committed(result).token);
    expect(again).toEqual(committed(result));
    expect(again.state).toEqual({ count: 2n });
    expect(again.claims).toMatchObject({ version: 1, digest: "d2", fingerprint: "f2" });
  });

  it.each(modes)("is not restored for another page, user or session, %s", async (_, mode) => {
    const { pages } = mode();
    const { token } = await pages.open(pageWith(1));
    for (const other of [{ page: "/other" }, { userId: "sam" }, { userId: null }, { session: "s2" }])
      expect(await pages.restore(token, { ...WHO, ...other })).toBeUndefined();
    expect(await pages.restore(token, WHO)).toBeDefined();
  });

  it.each(modes)("expires, unless it is renewed in time, %s", async (_, mode) => {
    const { pages, clock } = mode();
    const opened = await pages.open(pageWith(1));
    expect(await pages.renew(opened)).toBe(opened);
    clock.advance(TTL_MS / 2);
    const renewed = await pages.renew(opened);
    expect(renewed.token).not.toBe(opened.token);
    clock.advance(TTL_MS * 0.75);
    expect(await pages.restore(opened.token, WHO)).toBeUndefined();
    expect(await pages.restore(renewed.token, WHO)).toEqual(renewed);
    clock.advance(TTL_MS);
    expect(await pages.restore(renewed.token, WHO)).toBeUndefined();
  });

  it("is refused in a token of the other mode", async () => {
    const clock = new FakeClock();
    const tokens = new PageTokens({ secrets: ["a".repeat(32)], clock });
    const store = new InMemoryStateStore({ clock });
    const [inToken, inStore] = [new PageState({ tokens }), new PageState({ tokens, store })];
    const opened = pageWith(1);
    const [free, kept] = [await inToken.open(opened), await inStore.open(opened)];
    expect(await inToken.restore(kept.token, WHO)).toBeUndefined();
    expect(await inStore.restore(free.token, WHO)).toBeUndefined();
  });
});
