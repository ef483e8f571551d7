import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { HistoryEntry, HistoryReceipt, SealedEnvelope } from "../../index.js";
import { idAt } from "../../wire/sealed-envelope.js";
import { InMemoryHistory } from "./in-memory-history.js";
import { weightOf } from "./weight-of.js";

const policy = { size: 3, ttlMs: 1_000 };
const envelope = (channel: string, payload: number): SealedEnvelope => ({
  id: `${channel}-${payload}`,
  channel,
  event: "message",
  json: JSON.stringify(payload),
  at: 0,
  sender: { type: "system" },
});
const since = (offset: number, epoch: string) => ({ kind: "since", since: { epoch, offset }, limit: 300 }) as const;

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** A history with so many messages on channel "a", and its epoch. */
function history(messages: number, options = {}) {
  const kept = new InMemoryHistory(options);
  for (let n = 1; n <= messages; n += 1) append(kept, { envelope: envelope("a", n), policy });
  const { epoch } = kept.read("a", { kind: "position" }, policy).position ?? { epoch: "" };
  const read = (offset: number, of = epoch) => {
    const { complete, messages: missed } = kept.read("a", since(offset, of), policy);
    return complete ? missed.map(({ json }) => Number(json)) : "incomplete";
  };
  return { kept, epoch, read };
}

it("returns the whole gap in order, an empty one too, or nothing of it", () => {
  const { read } = history(5);
  expect([read(2), read(4), read(5)]).toEqual([[3, 4, 5], [5], []]);
  expect([read(1), read(6), read(4, "another epoch")]).toEqual(["incomplete", "incomplete", "incomplete"]);
});

it("deletes by time as well, and reports it", () => {
  const { read, kept } = history(2);
  vi.advanceTimersByTime(900);
  append(kept, { envelope: envelope("a", 3), policy });
  vi.advanceTimersByTime(200);
  expect([read(1), read(2), read(3)]).toEqual(["incomplete", [3], []]);
});

it("begins a new epoch for a channel that it had to forget", () => {
  const { kept, epoch, read } = history(2, { maxChannels: 2 });
  append(kept, { envelope: envelope("b", 1), policy });
  expect(read(1)).toEqual([2]); // used just now, so "b" is the older one
  append(kept, { envelope: envelope("c", 1), policy });
  expect(read(1)).toEqual([2]);
  append(kept, { envelope: envelope("d", 1), policy });
  append(kept, { envelope: envelope("e", 1), policy });
  expect(read(1)).toBe("incomplete");
  expect(kept.read("a", { kind: "position" }, policy).position?.epoch).not.toBe(epoch);
});

it("returns the last few, but none that the reader has", () => {
  const { kept, epoch } = history(3);
  const last = (count: number, offset?: number) =>
    kept
      .read("a", { kind: "last", count, ...(offset !== undefined && { after: { epoch, offset } }) }, policy)
      .messages.map(({ json }) => Number(json));
  expect([last(2), last(9), last(1, 2), last(1, 3), last(2, 2)]).toEqual([[2, 3], [1, 2, 3], [3], [], [3]]);
});

it("keeps an idempotency key for as long as its message may live", () => {
  const { kept } = history(0);
  const again = () => append(kept, { envelope: envelope("a", 1), policy, idempotencyKey: "k" });
  const first = again();
  expect(again()).toEqual({
    kind: "repeated",
    id: idAt("a", first.position ?? { epoch: "", offset: 0 }),
    position: first.position,
  });
  vi.advanceTimersByTime(1_001);
  expect(again()).toMatchObject({ kind: "placed", position: { offset: 2 } });
});

it("returns no gap that is over the limit", () => {
  const { kept, epoch } = history(0);
  const large = { size: 500, ttlMs: 1_000 };
  const long = new InMemoryHistory();
  for (let n = 1; n <= 400; n += 1) append(long, { envelope: envelope("a", n), policy: large });
  const own = long.read("a", { kind: "position" }, large).position?.epoch ?? "";
  expect(long.read("a", since(100, own), large).messages).toHaveLength(300);
  expect(long.read("a", since(99, own), large)).toMatchObject({ complete: false, messages: [] });
  expect(kept.read("a", since(0, epoch), policy).complete).toBe(true);
});

it("keeps no entry for channels that are only read, and keeps to the position it returned", () => {
  const { kept, read } = history(2, { maxChannels: 1 });
  const first = kept.read("b", { kind: "position" }, policy).position;
  expect(read(1)).toEqual([2]);
  expect(append(kept, { envelope: envelope("b", 1), policy }).position).toEqual({ ...first, offset: 1 });
});

it("forgets the least recently used channels where all together weigh too much", () => {
  const { kept, epoch, read } = history(1, { maxBytes: 20_000 });
  for (let n = 0; n < 30; n += 1) append(kept, { envelope: textEnvelope(`c${n}`, "x".repeat(1_000)), policy });
  expect(read(0, epoch)).toBe("incomplete");
  expect(kept.read("c29", { kind: "last", count: 3 }, policy).messages.length).toBe(1);
  expect(kept.read("c0", { kind: "last", count: 3 }, policy).messages.length).toBe(0);
});

it("takes what is too much from the description that has most, by number and by weight", () => {
  const other = { ...policy };
  for (const bound of [{ maxChannels: 20 }, { maxBytes: 20_000 }]) {
    const { kept, epoch, read } = history(2, bound);
    for (let n = 0; n < 100; n += 1)
      append(kept, { envelope: textEnvelope(`flood.${n}`, "x".repeat(500)), policy: other });
    expect(read(1, epoch)).toEqual([2]); // the oldest of all, and of another kind
    expect(kept.read("flood.99", { kind: "last", count: 1 }, other).messages.length).toBe(1);
    expect(kept.read("flood.0", { kind: "last", count: 1 }, other).messages.length).toBe(0);
  }
});

it("keeps what is new of a heavy channel, and the light ones beside it", () => {
  const { kept, epoch, read } = history(2, { maxBytes: 20_000 });
  const wide = { size: 1_000, ttlMs: 60_000 };
  for (let n = 0; n < 50; n += 1) append(kept, { envelope: textEnvelope("heavy", "x".repeat(500)), policy: wide });
  expect(read(1, epoch)).toEqual([2]);
  expect(kept.read("heavy", { kind: "last", count: 100 }, wide).messages.at(-1)?.position?.offset).toBe(50);
});

it("drops a single channel's oldest messages and keys where it alone weighs too much, and reports it", () => {
  const wide = { size: 1_000, ttlMs: 60_000 };
  const { kept, epoch } = history(0, { maxBytes: 20_000 });
  const appendOnce = (n: number) =>
    append(kept, { envelope: textEnvelope("a", "x".repeat(1_000)), policy: wide, idempotencyKey: `k${n}` });
  for (let n = 1; n <= 30; n += 1) appendOnce(n);
  const last = kept.read("a", { kind: "last", count: 100 }, wide).messages;
  expect(last.at(-1)?.position?.offset).toBe(30);
  expect(last.length).toBeLessThan(10);
  expect(kept.read("a", since(1, last[0]?.position?.epoch ?? epoch), wide).complete).toBe(false);
  expect(appendOnce(30).kind).toBe("repeated");
});

it("weighs a third of its JSON at least, where an escape takes six characters for one", () => {
  const anything = fc.jsonValue({ maxDepth: 4 });
  fc.assert(
    fc.property(anything, (value) => weightOf(value) >= JSON.stringify(value).length / 3),
    { numRuns: 2_000 },
  );
});

function textEnvelope(channel: string, payload: string): SealedEnvelope {
  return { ...envelope(channel, 0), json: JSON.stringify(payload) };
}

function append(history: InMemoryHistory, entry: HistoryEntry): HistoryReceipt {
  const [receipt] = history.append([entry]);
  if (!receipt) throw new Error("no receipt");
  return receipt;
}
