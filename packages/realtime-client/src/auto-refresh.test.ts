import { defineRealtimeChannel, RealtimeError } from "@repo/core-realtime";
import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { followAutoRefresh } from "./auto-refresh.js";
import { clientOf, nodeUnderTest } from "./testing/node-under-test.js";

const reported = vi.fn();
beforeEach(() => void vi.stubGlobal("reportError", reported));
const standing = z.object({ isChanged: z.boolean() });
const channel = defineRealtimeChannel({
  name: "auto-refresh.{name}.{view}",
  scope: "public",
  ask: z.string(),
  opening: standing,
  payload: { changed: z.object({}) },
  inbound: { rendered: z.object({ token: z.string() }) },
  reply: standing,
});

/** A page that is followed; the server is the test. */
async function follow({ render }: { readonly render?: (count: number) => Promise<string> } = {}) {
  const node = await nodeUnderTest();
  const server = {
    tokens: [] as string[],
    rendered: [] as string[],
    openings: [false],
    replies: [false],
    refuses: false,
    refusesRendered: 0,
  };
  node.realtime.registry.register(channel, {
    opening: ({ ask }) => {
      server.tokens.push(ask);
      if (server.refuses) throw new RealtimeError("REFUSED", { reason: "TOKEN_REFUSED" });
      return { isChanged: server.openings.shift() ?? false };
    },
    handler: ({ payload }) => {
      server.rendered.push(payload.token);
      if (server.refusesRendered-- > 0) throw new RealtimeError("REFUSED", { reason: "TOKEN_REFUSED" });
      return { isChanged: server.replies.shift() ?? false };
    },
  });
  const client = clientOf(node);
  let refreshes = 0;
  const stop = followAutoRefresh(client, "hub.a.first", async () => {
    refreshes += 1;
    return render ? render(refreshes) : `hub.b.${refreshes}`;
  });
  onTestFinished(() => {
    stop();
    client.disconnect();
  });
  const change = (): Promise<unknown> =>
    node.realtime.broadcaster.broadcast(channel.at({ name: "hub", view: "a" }), "changed", {});
  return { node, server, client, stop, change, refreshes: () => refreshes };
}

it("refreshes when the server notifies it, and reports which render is shown then", async () => {
  const page = await follow();
  await expect.poll(() => page.server.tokens).toEqual(["hub.a.first"]);
  expect(page.refreshes()).toBe(0);
  await page.change();
  await expect.poll(() => page.server.rendered).toEqual(["hub.b.1"]);
  expect(page.refreshes()).toBe(1);
});

it("refreshes at once where the opening, or the reply to a render, states that a row has changed", async () => {
  const page = await follow();
  page.server.openings = [true];
  page.server.replies = [true, false];
  await expect.poll(() => page.server.rendered).toEqual(["hub.b.1", "hub.b.2"]);
});

it("runs one refresh, and one after it for all that came meanwhile", async () => {
  const ends: (() => void)[] = [];
  const page = await follow({
    render: (count) => new Promise((resolve) => ends.push(() => resolve(`hub.b.${count}`))),
  });
  await expect.poll(() => page.server.tokens.length).toBe(1);
  for (let n = 0; n < 5; n += 1) await page.change();
  await expect.poll(() => ends.length).toBe(1);
  ends[0]?.();
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.();
  await expect.poll(() => page.server.rendered).toEqual(["hub.b.1", "hub.b.2"]);
  expect(page.refreshes()).toBe(2);
});

it("shows the server the newest token after a reconnect, and ignores what it reports of the first", async () => {
  const page = await follow();
  await expect.poll(() => page.server.tokens.length).toBe(1);
  await page.change();
  await expect.poll(() => page.server.rendered.length).toBe(1);
  page.server.openings = [true]; // the first token is old
  page.client.disconnect();
  page.client.connect();
  await expect.poll(() => page.server.rendered).toEqual(["hub.b.1", "hub.b.1"]);
  expect(page.refreshes()).toBe(1);
});

it("keeps what is shown where a refresh fails, and tries again", async () => {
  const page = await follow({
    render: async (count) => (count === 1 ? Promise.reject(new Error("The server is away.")) : `hub.b.${count}`),
  });
  await expect.poll(() => page.server.tokens.length).toBe(1);
  await page.change();
  await expect.poll(() => page.server.rendered, { timeout: 10_000 }).toEqual(["hub.b.2"]);
  expect(reported).toHaveBeenCalledExactlyOnceWith(new Error("The server is away."));
});

it("joins with the token of a new render where the first is not taken any more", async () => {
  const page = await follow();
  page.server.refuses = true;
  await expect.poll(() => page.server.tokens.length).toBe(1);
  page.server.refuses = false;
  await expect.poll(() => page.server.tokens, { timeout: 10_000 }).toEqual(["hub.a.first", "hub.b.1"]);
});

it("does nothing more once it is stopped", async () => {
  const page = await follow();
  await expect.poll(() => page.server.tokens.length).toBe(1);
  page.stop();
  await page.change();
  await page.client.refresh(); // what was sent before has arrived
  expect(page.refreshes()).toBe(0);
});

it("joins anew where the server refuses the token of a render", async () => {
  const page = await follow();
  await expect.poll(() => page.server.tokens).toEqual(["hub.a.first"]);
  page.server.refusesRendered = 1;
  await page.change();
  await expect.poll(() => page.server.tokens.length, { timeout: 20_000 }).toBe(2);
});

it("waits twice as long after each token that is refused", async () => {
  const page = await follow();
  await expect.poll(() => page.server.tokens.length).toBe(1);
  page.server.refuses = true;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const at: number[] = [];
  page.server.refusesRendered = 1;
  await page.change();
  for (let ms = 0; ms < 8_000; ms += 100) {
    const before = page.refreshes();
    await vi.advanceTimersByTimeAsync(100);
    if (page.refreshes() > before) at.push(ms + 100);
  }
  const pauses = at.slice(1).map((ms, index) => ms - (at[index] ?? 0));
  expect(pauses.every((pause, index) => index === 0 || pause > 1.5 * (pauses[index - 1] ?? 0))).toBe(true);
  expect(pauses.length).toBeGreaterThan(1);
});
