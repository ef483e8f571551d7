import { describe, expect, it } from "vitest";
import { InMemoryStateStore } from "./in-memory-state-store.js";
import { committed, pageWith, restored, tokenMode } from "./page-state-under-test.js";
import { PageState } from "./page-state.js";

describe("the state of a page in its token", () => {
  it("can be sent again, and each time gives what it carries", async () => {
    const { pages } = tokenMode();
    const { token } = await pages.open(pageWith(0));
    const run = async () => {
      const at = await restored(pages, token);
      expect(await pages.claim(at, { eventId: "e1" })).toBe(true);
      return committed(await pages.commit(at, { state: Number(at.state) + 1, eventId: "e1" })).state;
    };
    expect([await run(), await run()]).toEqual([1, 1]);
  });

  it("lets an action that runs once run once for a version, whatever the event's id", async () => {
    const { tokens, clock } = tokenMode();
    const pages = new PageState({ tokens, claims: new InMemoryStateStore({ clock }) });
    const at = await pages.open(pageWith(0));
    const claim = (eventId: string, once: string) => pages.claim(at, { eventId, once });
    expect([await claim("e1", "pay"), await claim("e1", "pay"), await claim("e2", "pay")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(await claim("e1", "order")).toBe(true);
    expect(await pages.claim(await pages.open(pageWith(0)), { once: "pay" })).toBe(true); // another tab
    const next = committed(await pages.commit(at, { state: 1 }));
    expect(await pages.claim(next, { once: "pay" })).toBe(true);
  });

  it("refuses an action that runs once where nothing remembers it", async () => {
    const { pages } = tokenMode();
    await expect(pages.claim(await pages.open(pageWith(0)), { once: "pay" })).rejects.toThrow(/pass a store/);
  });
});
