import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";

const KB = 1_024;

/** A channel that folds by joining texts; a text that begins with "!" cannot be folded. */
const text = defineRealtimeChannel({
  name: "text",
  scope: "public",
  payload: z.string(),
  history: {
    size: 100,
    ttlMs: 60_000,
    fold(previous, next) {
      if (next.startsWith("!")) throw new Error("no fold");
      return previous + next;
    },
  },
});

async function subscribeAfter(...pieces: readonly string[]) {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.registerChannel(text);
  for (const piece of pieces) await realtime.broadcaster.broadcast(text, piece);
  const mia = enter("mia");
  const reply = await mia.request({ type: "subscribe", channel: "text" });
  return { mia, reply };
}

it("delivers a folded state and what could not be folded whole", async () => {
  const { reply } = await subscribeAfter("a".repeat(250 * KB), `!${"b".repeat(250 * KB)}`);
  expect(reply).toMatchObject({ ok: true, result: { messages: [{ payload: /^a+$/ }, { payload: /^!b+$/ }] } });
});

it("does not recover a gap of more than 512 KiB on a channel that folds", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.registerChannel(text);
  const { position: since } = await realtime.broadcaster.broadcast(text, "first");
  for (const letter of ["a", "b", "c"]) await realtime.broadcaster.broadcast(text, letter.repeat(250 * KB));
  const reply = await enter("mia").request({ type: "subscribe", channel: "text", since });
  expect(reply).toMatchObject({ ok: true, result: { recovered: false } });
});

it.each([
  ["a folded state", ["a".repeat(250 * KB), "b".repeat(250 * KB), "c".repeat(250 * KB)]],
  [
    "a folded state with what could not be folded",
    ["a".repeat(250 * KB), "b".repeat(200 * KB), `!${"c".repeat(250 * KB)}`],
  ],
])(
  "refuses a subscribe whose reply would have %s of more than 512 KiB, and the connection lives",
  async (_, pieces) => {
    const { mia, reply } = await subscribeAfter(...pieces);
    expect(reply).toMatchObject({ ok: false, error: { code: "OPENING_TOO_LARGE" } });
    expect(await mia.request({ type: "subscribe", channel: "nowhere" })).toMatchObject({
      error: { code: "CHANNEL_UNKNOWN" },
    });
    expect(mia.frames.some(({ type }) => type === "close")).toBe(false);
  },
);
