import { expect, it } from "vitest";
import { Archive, CHANNEL, envelopeOf, numbers, textsOf } from "./archive";
import type { MakeHistory } from "./history-under-test";

/** Offsets: one more for each message, whoever appends, and a repeated key is no message. */
export function orderCases(make: MakeHistory): void {
  it("begins a channel at offset 0, and stays in that epoch when the first message comes", async () => {
    const archive = await Archive.open(make);
    const { epoch, offset } = await archive.position();
    expect(offset).toBe(0);
    expect((await archive.append("1")).position).toEqual({ epoch, offset: 1 });
  });

  it("counts up by one, and says where each message stands", async () => {
    const archive = await Archive.open(make);
    const { epoch } = await archive.position();
    for (const offset of [1, 2, 3])
      expect(await archive.append(String(offset))).toEqual({
        id: expect.any(String),
        position: { epoch, offset },
        repeated: false,
      });
    expect(await archive.position()).toEqual({ epoch, offset: 3 });
  });

  it("keeps a message as it was handed in, and its position with it", async () => {
    const archive = await Archive.open(make);
    const envelope = {
      ...envelopeOf(CHANNEL, "🜂\u0000\u2028"),
      sender: { type: "user", id: "mia" },
      trace: "00-a-b-01",
    } as const;
    const { position } = await archive.under.history.append({ envelope, policy: archive.policy });
    expect((await archive.read({ kind: "last", count: 1 })).messages).toEqual([{ ...envelope, position }]);
  });

  it("counts each channel for itself", async () => {
    const archive = await Archive.open(make);
    await archive.fill(3);
    expect((await archive.append("other", { channel: "contract.logs.2" })).position?.offset).toBe(1);
    expect((await archive.position()).offset).toBe(3);
    expect(textsOf(await archive.read({ kind: "last", count: 9 }, "contract.logs.2"))).toEqual(["other"]);
  });

  it("gives concurrent appends each its own place, and reads them in that order", async () => {
    const archive = await Archive.open(make);
    const receipts = await Promise.all(numbers(1, 100).map(async (text) => archive.append(text)));
    const offsets = receipts.map(({ position }) => position?.offset ?? 0).toSorted((a, b) => a - b);
    expect(offsets).toEqual(numbers(1, 100).map(Number));
    const { messages } = await archive.read({ kind: "last", count: 100 });
    expect(messages.map(({ position }) => position?.offset)).toEqual(offsets);
    const placeOf = new Map(receipts.map(({ id, position }) => [id, position]));
    for (const { id, position } of messages) expect(position).toEqual(placeOf.get(id));
  });

  it("answers a repeated key with the first receipt, and keeps nothing of the repeat", async () => {
    const archive = await Archive.open(make);
    const first = await archive.append("first", { key: "k" });
    await archive.append("between");
    expect(await archive.append("repeat", { key: "k" })).toEqual({ ...first, repeated: true });
    expect(await archive.last(10)).toEqual(["first", "between"]);
  });

  it("keeps keys of two channels, and messages without one, apart", async () => {
    const archive = await Archive.open(make);
    await archive.append("here", { key: "k" });
    expect(await archive.append("there", { key: "k", channel: "contract.logs.2" })).toMatchObject({ repeated: false });
    for (const key of ["", "toString", "__proto__", "constructor"])
      expect(await archive.append(key, { key })).toMatchObject({ repeated: false });
    for (const text of ["same", "same"]) expect(await archive.append(text)).toMatchObject({ repeated: false });
  });

  it("takes one of many concurrent appends under one key", async () => {
    const archive = await Archive.open(make);
    const receipts = await Promise.all(numbers(1, 20).map(async (text) => archive.append(text, { key: "k" })));
    expect(receipts.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(receipts.map(({ id }) => id)).size).toBe(1);
    expect((await archive.position()).offset).toBe(1);
  });
}
