import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, type HistoryEntry, type HistoryReceipt, type SealedEnvelope } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";
import { InMemoryHistory } from "./in-memory-history.js";

const policy = { size: 3, ttlMs: 60_000 };
const envelope = (channel: string, payload: unknown): SealedEnvelope => ({
  id: `${channel}-${String(payload)}`,
  channel,
  event: "message",
  json: JSON.stringify(payload),
  at: 0,
  sender: { type: "system" },
});

it("keeps the folded state of a channel that folds, as one message at the newest position", () => {
  const folding = { ...policy, fold: (previous: unknown, next: unknown) => Number(previous) + Number(next) };
  const kept = new InMemoryHistory();
  for (let n = 1; n <= 10; n += 1) append(kept, { envelope: envelope("a", n), policy: folding });
  const last = () => kept.read("a", { kind: "last", count: 1 }, folding);
  expect(last().messages).toMatchObject([{ json: "55", position: { offset: 10 } }]); // of which three are kept
  const { position } = last();
  expect(kept.read("a", { kind: "last", count: 1, after: position }, folding).messages).toEqual([]);
  expect(
    kept.read("a", { kind: "since", since: { epoch: position?.epoch ?? "", offset: 8 }, limit: 300 }, folding).messages,
  ).toMatchObject([{ json: "9" }, { json: "10" }]);
});

it("keeps a message whose fold fails behind the folded state, with what follows, and reports the reason once", () => {
  const failure = new Error("no fold for 3");
  const fold = (previous: unknown, next: unknown) => {
    if (next === 3) throw failure;
    return Number(previous) + Number(next);
  };
  const folding = { ...policy, fold };
  const kept = new InMemoryHistory();
  const receipts = [1, 2, 3, 4].map((n) => append(kept, { envelope: envelope("a", n), policy: folding }));
  expect(receipts.map((receipt) => receipt.kind === "placed" && receipt.foldError)).toEqual([
    undefined,
    undefined,
    failure,
    undefined,
  ]);
  const { messages, position } = kept.read("a", { kind: "last", count: 1 }, folding);
  expect(messages.map(({ json, position: at }) => [json, at?.offset])).toEqual([
    ["3", 2],
    ["3", 3],
    ["4", 4],
  ]);
  const after = (offset: number) =>
    kept.read("a", { kind: "last", count: 1, after: { epoch: position?.epoch ?? "", offset } }, folding).messages;
  expect([after(2), after(3), after(4)].map((known) => known.map(({ json }) => json))).toEqual([["3", "4"], ["4"], []]);
});

it("begins the folded state anew where more could not be folded than is kept, or than a reply brings", () => {
  for (const [size, count] of [
    [5, 5],
    [1_000, 300],
  ] as const) {
    const fold = (previous: unknown, next: unknown) => {
      if (previous === "broken") throw new Error("no fold");
      return next;
    };
    const folding = { ...policy, size, fold };
    const kept = new InMemoryHistory();
    append(kept, { envelope: envelope("a", "broken"), policy: folding });
    for (let n = 0; n < count; n += 1) append(kept, { envelope: envelope("a", n), policy: folding });
    append(kept, { envelope: envelope("a", "new"), policy: folding });
    append(kept, { envelope: envelope("a", "newest"), policy: folding });
    const { messages } = kept.read("a", { kind: "last", count: 1 }, folding);
    expect(messages.map(({ json }) => json)).toEqual([`"newest"`]);
  }
});

it("forgets a channel whose folded state alone is more than it may keep", () => {
  const folding = { ...policy, fold: (previous: unknown, next: unknown) => `${String(previous)}${String(next)}` };
  const kept = new InMemoryHistory({ maxBytes: 2_000 });
  for (let n = 0; n < 10; n += 1) append(kept, { envelope: envelope("a", "x".repeat(300)), policy: folding });
  expect(kept.read("a", { kind: "position" }, folding).position?.offset).toBeLessThan(10);
});

it("delivers what a fold throws for, and all that comes after, and shows observers why", async () => {
  const failure = new Error("previous.text is no string");
  const nullable = defineRealtimeChannel({
    name: "nullable",
    scope: "public",
    payload: z.object({ text: z.string().nullable() }),
    history: {
      size: 10,
      ttlMs: 60_000,
      fold(previous, next) {
        if (next.text === null) throw failure;
        return { text: `${previous.text}${next.text}` };
      },
    },
  });
  const { realtime, enter, observations } = await nodeUnderTest();
  realtime.registry.registerChannel(nullable);
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "nullable" });
  for (const text of ["a", "b", null, "c"]) await realtime.broadcaster.broadcast(nullable, { text });
  const texts = mia.frames.flatMap((frame) => (frame.type === "message" ? [frame.payload] : []));
  expect(texts).toEqual([{ text: "a" }, { text: "b" }, { text: null }, { text: "c" }]);
  const failed = observations.filter(({ kind }) => kind === "failed");
  expect(failed).toEqual([{ kind: "failed", where: "history", cause: failure, channel: "nullable" }]);
  const reply = await enter("sam").request({ type: "subscribe", channel: "nullable" });
  expect(reply).toMatchObject({
    ok: true,
    result: { messages: [{ payload: { text: "ab" } }, { payload: { text: null } }, { payload: { text: "c" } }] },
  });
});

function append(history: InMemoryHistory, entry: HistoryEntry): HistoryReceipt {
  const [receipt] = history.append([entry]);
  if (!receipt) throw new Error("no receipt");
  return receipt;
}
