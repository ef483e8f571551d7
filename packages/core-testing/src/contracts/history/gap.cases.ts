import { expect, it } from "vitest";
import { Archive, numbers, textsOf, placeOf } from "./archive";
import type { MakeHistory } from "./history-under-test";

/** A gap comes whole and in order, or not at all. */
export function gapCases(make: MakeHistory): void {
  it("brings all since a position, up to its own position", async () => {
    const archive = await Archive.open(make);
    const position = await archive.fill(5);
    const page = await archive.since({ ...position, offset: 2 });
    expect(page).toMatchObject({ complete: true, position });
    expect(textsOf(page)).toEqual(numbers(3, 5));
    expect(page.messages.map((message) => message.position?.offset)).toEqual([3, 4, 5]);
  });

  it("brings a gap from the very beginning, and an empty one", async () => {
    const archive = await Archive.open(make);
    const start = await archive.position();
    expect(await archive.since(start)).toEqual({ complete: true, position: start, messages: [] });
    const end = await archive.fill(3);
    expect(textsOf(await archive.since(start))).toEqual(numbers(1, 3));
    expect(await archive.since(end)).toEqual({ complete: true, position: end, messages: [] });
  });

  it("brings as many as the limit allows, and for one more nothing at all", async () => {
    const archive = await Archive.open(make);
    const position = await archive.fill(301);
    expect((await archive.since({ ...position, offset: 1 }, 300)).messages).toHaveLength(300);
    expect(await archive.since({ ...position, offset: 0 }, 300)).toEqual({ complete: false, position, messages: [] });
  });

  it.each([
    ["a foreign epoch", { epoch: "another" }],
    ["a foreign epoch at an offset of its own", { epoch: "another", offset: 3 }],
    ["a position that is still to come", { offset: 4 }],
    ["the end of numbers", { offset: Number.MAX_SAFE_INTEGER }],
  ])("calls a gap since %s not whole, and has the position", async (_name, forged) => {
    const archive = await Archive.open(make);
    const position = await archive.fill(3);
    const page = await archive.since({ ...position, offset: 1, ...forged });
    expect(page).toEqual({ complete: false, position, messages: [] });
  });

  it("keeps no more than its size, and calls a gap that reaches behind it not whole", async () => {
    const archive = await Archive.open(make, { size: 5 });
    const position = await archive.fill(8);
    expect(await archive.last(100)).toEqual(numbers(4, 8));
    expect(textsOf(await archive.since({ ...position, offset: 3 }))).toEqual(numbers(4, 8));
    expect(await archive.since({ ...position, offset: 2 })).toEqual({ complete: false, position, messages: [] });
  });

  it("keeps a key longer than the message that its size has removed", async () => {
    const archive = await Archive.open(make, { size: 2 });
    const first = await archive.append("first", { key: "k" });
    await archive.fill(5);
    expect(await archive.append("repeat", { key: "k" })).toMatchObject({ kind: "repeated", position: placeOf(first) });
  });

  it("reads a whole page while others append and trim", async () => {
    const archive = await Archive.open(make, { size: 20 });
    const start = await archive.fill(20);
    const reading = numbers(1, 50).map(async (text) => {
      const [page] = await Promise.all([archive.since({ ...start, offset: 10 }), archive.append(text)]);
      return page;
    });
    for (const { complete, position, messages } of await Promise.all(reading)) {
      const offsets = messages.map((message) => message.position?.offset);
      const whole = numbers(11, position?.offset ?? 0).map(Number);
      expect(offsets).toEqual(complete ? whole : []);
    }
    expect((await archive.position()).offset).toBe(70);
  });

  it("brings the last few, and no more than there are", async () => {
    const archive = await Archive.open(make);
    expect(await archive.last(3)).toEqual([]);
    await archive.fill(5);
    expect(await archive.last(1)).toEqual(["5"]);
    expect(await archive.last(3)).toEqual(numbers(3, 5));
    expect(await archive.last(100)).toEqual(numbers(1, 5));
  });

  it("leaves out of the last few what the new client has, if it is from this epoch", async () => {
    const archive = await Archive.open(make);
    const position = await archive.fill(5);
    expect(await archive.last(3, { ...position, offset: 3 })).toEqual(numbers(4, 5));
    expect(await archive.last(1, { ...position, offset: 3 })).toEqual(["5"]);
    expect(await archive.last(3, position)).toEqual([]);
    expect(await archive.last(3, { epoch: "another", offset: 5 })).toEqual(numbers(3, 5));
  });
}
