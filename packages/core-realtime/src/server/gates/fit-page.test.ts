import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";

const feed = defineRealtimeChannel({
  name: "feed",
  scope: "public",
  payload: z.string(),
  history: { size: 100, ttlMs: 60_000 },
});
const WORDS = "x".repeat(1_000);

/** A client that knows the first of `said` messages of a kilobyte each comes to a node that lets 8 KiB wait for a reader. */
async function comeBackAfter(said: number, question: Readonly<Record<string, unknown>> = {}) {
  const { enter, realtime } = await nodeUnderTest({ limits: { maxBufferedBytes: 8 * 1024 } });
  realtime.registry.registerChannel(feed);
  const { position: since } = await realtime.broadcaster.broadcast(feed, WORDS);
  for (let n = 1; n < said; n += 1) await realtime.broadcaster.broadcast(feed, WORDS);
  const asked = { type: "subscribe", channel: "feed", ...("rewind" in question ? {} : { since }), ...question };
  return enter("mia").ask(asked);
}

it("recovers a gap that half a reader's buffer holds", async () => {
  const reply = await comeBackAfter(4);
  expect(reply).toMatchObject({ ok: true, result: { recovered: true } });
  expect(reply).toHaveProperty("result.messages.length", 3);
});

it("gives up a gap that would fill a reader's buffer: it would be closed for it, come back, and ask for the same", async () => {
  const reply = await comeBackAfter(12);
  expect(reply).toMatchObject({ ok: true, result: { recovered: false, position: { offset: 12 } } });
  expect(reply).not.toHaveProperty("result.messages");
});

it("rewinds as far as half a reader's buffer holds, the newest in any case", async () => {
  const few = await comeBackAfter(12, { rewind: 10 });
  expect(few).toHaveProperty("result.messages.length", 3);
  expect(few).toHaveProperty("result.messages.2.position.offset", 12);
});

it("hands over the latest message however large it is: it is the whole state", async () => {
  const { enter, realtime } = await nodeUnderTest({ limits: { maxBufferedBytes: 2_100 } });
  realtime.registry.registerChannel(feed);
  await realtime.broadcaster.broadcast(feed, WORDS);
  const reply = await enter("mia").ask({ type: "subscribe", channel: "feed", latest: true });
  expect(reply).toHaveProperty("result.messages.length", 1);
});
