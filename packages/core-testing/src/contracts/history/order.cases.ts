import { idAt } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { Archive, CHANNEL, envelopeOf, numbers, placeOf, textsOf } from "./archive";
import type { MakeHistory } from "./history-under-test";

/** Offsets: one more for each message, whichever node appends, and a repeated key is no message. */
export function orderCases(make: MakeHistory): void {
  it("begins a channel at offset 0, and stays in that epoch when the first message comes", async () => {
    const archive = await Archive.open(make);
    const { epoch, offset } = await archive.position();
    expect(offset).toBe(0);
    expect((await archive.append("1")).position).toEqual({ epoch, offset: 1 });
  });

  it("counts up by one, and returns each message's position", async () => {
    const archive = await Archive.open(make);
    const { epoch } = await archive.position();
    for (const offset of [1, 2, 3])
      expect(await archive.append(String(offset))).toMatchObject({
        kind: expect.stringMatching(/^(placed|relayed)$/),
        position: { epoch, offset },
      });
    expect(await archive.position()).toEqual({ epoch, offset: 3 });
  });

  it("keeps a message as it was passed in, and its position with it", async () => {
    const archive = await Archive.open(make);
    const envelope = {
      ...envelopeOf(CHANNEL, "🜂\u0000\u2028"),
      sender: { type: "user", id: "mia" },
      trace: "00-a-b-01",
    } as const;
    const [receipt] = await archive.appendEntries([{ envelope, policy: archive.policy }]);
    const position = receipt && placeOf(receipt);
    const id = receipt?.kind === "relayed" ? receipt.id : position && idAt(CHANNEL, position);
    expect((await archive.read({ kind: "last", count: 1 })).messages).toEqual([{ ...envelope, position, id }]);
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
    const texts = textsOf({ complete: true, messages });
    const wanted = receipts.map((receipt, index) => [placeOf(receipt).offset, String(index + 1)] as const);
    for (const [offset, text] of wanted) expect(texts[offsets.indexOf(offset)]).toBe(text);
  });

  it("places what one call appends in its order, and calls in progress in the order of the calls", async () => {
    const archive = await Archive.open(make);
    const calls = [numbers(1, 5), numbers(6, 9), numbers(10, 30)].map((texts) =>
      archive.appendAll(texts.map((text) => ({ text }))),
    );
    const receipts = (await Promise.all(calls)).flat();
    expect(receipts.map((receipt) => placeOf(receipt).offset)).toEqual(numbers(1, 30).map(Number));
    expect(await archive.last(30)).toEqual(numbers(1, 30));
  });

  it("returns a receipt for each entry of a call that mixes channels and repeats", async () => {
    const archive = await Archive.open(make);
    const receipts = await archive.appendAll([
      { text: "a", key: "k" },
      { text: "b", channel: "contract.logs.2" },
      { text: "a again", key: "k" },
      { text: "c" },
    ]);
    expect(receipts.map(({ kind }) => kind === "repeated")).toEqual([false, false, true, false]);
    expect(receipts.map((receipt) => placeOf(receipt).offset)).toEqual([1, 1, 1, 2]);
  });

  it("replies to a repeated key with the first receipt, and keeps nothing of the repeat", async () => {
    const archive = await Archive.open(make);
    const first = await archive.append("first", { key: "k" });
    await archive.append("between");
    expect(await archive.append("repeat", { key: "k" })).toEqual({
      kind: "repeated",
      id: expect.any(String),
      position: placeOf(first),
    });
    expect(await archive.last(10)).toEqual(["first", "between"]);
  });

  it("keeps keys of two channels, and messages without one, apart", async () => {
    const archive = await Archive.open(make);
    await archive.append("here", { key: "k" });
    const isRepeated = async (text: string, more: { readonly channel?: string; readonly key?: string } = {}) =>
      (await archive.append(text, more)).kind === "repeated";
    expect(await isRepeated("there", { key: "k", channel: "contract.logs.2" })).toBe(false);
    for (const key of ["", "toString", "__proto__", "constructor"]) expect(await isRepeated(key, { key })).toBe(false);
    for (const text of ["same", "same"]) expect(await isRepeated(text)).toBe(false);
  });

  it("takes one of many concurrent appends under one key", async () => {
    const archive = await Archive.open(make);
    const receipts = await Promise.all(numbers(1, 20).map(async (text) => archive.append(text, { key: "k" })));
    expect(receipts.filter(({ kind }) => kind !== "repeated")).toHaveLength(1);
    expect(new Set(receipts.map((receipt) => placeOf(receipt).offset)).size).toBe(1);
    expect((await archive.position()).offset).toBe(1);
  });
}
