import { expect, it } from "vitest";
import type { HistoryEntry, HistoryReceipt, IRealtimeHistory } from "../../index.js";
import { AppendQueue } from "./append-queue.js";

const entry = (channel: string, id: string): HistoryEntry => ({
  envelope: { id, channel, event: "message", json: "1", at: 0, sender: { type: "system" } },
  policy: { size: 10, ttlMs: 1_000 },
});

/** A store that confirms when the test lets it; it numbers what it takes. */
function slowStore() {
  const calls: (readonly HistoryEntry[])[] = [];
  const pending: (() => void)[] = [];
  let offset = 0;
  const history: IRealtimeHistory = {
    append(entries) {
      calls.push(entries);
      const receipts = entries.map((): HistoryReceipt => ({
        kind: "placed",
        position: { epoch: "e", offset: ++offset },
      }));
      return new Promise((resolve) => pending.push(() => resolve(receipts)));
    },
    read: () => ({ complete: true, messages: [] }),
    close: () => undefined,
  };
  return { history, calls, pending };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

it("appends together what waits for one channel, with several appends in progress", async () => {
  const { history, calls, pending } = slowStore();
  const queue = new AppendQueue(history, 1_000);
  const receipts = Array.from({ length: 50 }, (_, n) => queue.append(entry("a", `${n}`)));
  await settle();
  expect(calls.map(({ length }) => length)).toEqual([1, 49]);
  const more = Array.from({ length: 10 }, (_, n) => queue.append(entry("a", `more ${n}`)));
  await settle();
  expect(calls.map(({ length }) => length)).toEqual([1, 49, 10]);
  for (const release of pending.toReversed()) release(); // the last append is confirmed first
  const offsets: number[] = [];
  for (const receipt of [...receipts, ...more])
    void Promise.resolve(receipt).then(({ position }) => offsets.push(position?.offset ?? 0));
  await settle();
  expect(offsets).toEqual(Array.from({ length: 60 }, (_, n) => n + 1)); // passed on in the order of the entries
});

it("lets no channel wait for another", async () => {
  const { history, calls } = slowStore();
  const queue = new AppendQueue(history, 1_000);
  void queue.append(entry("a", "1"));
  void queue.append(entry("b", "1"));
  expect(calls.length).toBe(2);
});

it("refuses with OVERLOADED what is more than may wait, and takes more when the store has confirmed", async () => {
  const { history, pending } = slowStore();
  const queue = new AppendQueue(history, 3);
  const taken = [1, 2, 3].map((n) => queue.append(entry("a", `${n}`)));
  expect(() => queue.append(entry("a", "4"))).toThrow(expect.objectContaining({ code: "OVERLOADED" }));
  await settle();
  for (const release of pending) release();
  await Promise.all(taken);
  expect(queue.append(entry("a", "5"))).toBeInstanceOf(Promise);
});

it("rejects what one failed append held, and continues with the next", async () => {
  let fails = true;
  const history: IRealtimeHistory = {
    append: async (entries) => {
      if (fails) throw new Error("the store is down");
      return entries.map(() => ({ kind: "placed", position: { epoch: "e", offset: 1 } }));
    },
    read: () => ({ complete: true, messages: [] }),
    close: () => undefined,
  };
  const queue = new AppendQueue(history, 10);
  const [first, second] = [queue.append(entry("a", "1")), queue.append(entry("a", "2"))];
  await expect(first).rejects.toThrow("the store is down");
  await expect(second).rejects.toThrow("the store is down");
  fails = false;
  await expect(queue.append(entry("a", "3"))).resolves.toMatchObject({ kind: "placed" });
});

it("counts what waits over all channels", async () => {
  const { history, calls } = slowStore();
  const queue = new AppendQueue(history, 2);
  for (const channel of ["a", "b"]) void queue.append(entry(channel, "1"));
  expect(() => queue.append(entry("c", "1"))).toThrow(expect.objectContaining({ code: "OVERLOADED" }));
  expect(calls).toHaveLength(2);
});

it.each([undefined, null, {}, "ok", 7, [], [undefined]])(
  "rejects what a history returns as %o instead of receipts, and continues with what comes after",
  async (release) => {
    const position = { epoch: "e", offset: 1 };
    const pending: unknown[] = [release, release, [{ kind: "placed", position }]];
    const history = {
      append: async () => pending.shift(),
      read: () => ({ complete: true, messages: [] }),
      close: () => undefined,
    } as unknown as IRealtimeHistory;
    const queue = new AppendQueue(history, 2);
    const first = queue.append(entry("a", "1"));
    const second = queue.append(entry("a", "2"));
    for (const receipt of [first, second]) await expect(receipt).rejects.toThrow(/one receipt per entry/);
    await expect(queue.append(entry("a", "3"))).resolves.toEqual({ kind: "placed", position });
    const atOnce = new AppendQueue({ ...history, append: () => release as never }, 2);
    expect(() => atOnce.append(entry("a", "1"))).toThrow(/one receipt per entry/);
  },
);
