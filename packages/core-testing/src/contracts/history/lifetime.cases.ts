import { expect, it } from "vitest";
import { Archive, CHANNEL, numbers, textsOf, placeOf } from "./archive";
import type { MakeHistory } from "./history-under-test";

const TTL_MS = 2_000; // short enough for a store whose time is the real one

/** What time takes, and what a store forgets. */
export function lifetimeCases(make: MakeHistory): void {
  it("keeps a message for its time and no longer, each for its own", async () => {
    const archive = await Archive.open(make, { ttlMs: TTL_MS });
    const start = await archive.position();
    await archive.append("old");
    await archive.under.pass(TTL_MS / 2);
    await archive.append("young");
    expect(textsOf(await archive.since(start))).toEqual(["old", "young"]);
    await archive.under.pass(TTL_MS / 2 + 1);
    expect(await archive.last(10)).toEqual(["young"]);
    expect(await archive.since(start)).toMatchObject({ complete: false, messages: [] });
    expect(textsOf(await archive.since({ ...start, offset: 1 }))).toEqual(["young"]);
  });

  it("never gives a place twice, even when all is gone: it counts on, or begins a new epoch", async () => {
    const archive = await Archive.open(make, { ttlMs: TTL_MS });
    const before = await archive.fill(3);
    await archive.under.pass(2 * TTL_MS);
    expect(await archive.last(10)).toEqual([]);
    expect(await archive.since({ ...before, offset: 0 })).toMatchObject({ complete: false, messages: [] });
    const { position } = await archive.append("after");
    if (position?.epoch === before.epoch) expect(position.offset).toBe(4);
    else expect(position?.offset).toBe(1);
    expect(await archive.since({ ...before, offset: 2 })).toMatchObject({ complete: false, messages: [] });
  });

  it("keeps a key as long as the channel's history lives, and then takes it anew", async () => {
    const archive = await Archive.open(make, { ttlMs: TTL_MS });
    const first = await archive.append("first", { key: "k" });
    await archive.under.pass(TTL_MS / 2);
    expect(await archive.append("repeat", { key: "k" })).toMatchObject({ kind: "repeated", position: placeOf(first) });
    await archive.under.pass(TTL_MS / 2 + 1);
    expect((await archive.append("anew", { key: "k" })).kind).not.toBe("repeated");
  });

  it("begins a new epoch when it has forgotten, so that no old position is taken for a new one", async () => {
    const archive = await Archive.open(make);
    const before = await archive.fill(3);
    await archive.under.forget?.(CHANNEL);
    if (!archive.under.forget) return expect(await archive.position()).toEqual(before);
    const after = await archive.position();
    expect(after.epoch).not.toBe(before.epoch);
    expect(after.offset).toBe(0);
    await archive.append("new");
    for (const offset of [0, 1, 3])
      expect(await archive.since({ ...before, offset })).toMatchObject({ complete: false, messages: [] });
    expect(textsOf(await archive.since(after))).toEqual(["new"]);
  });

  it("forgets nothing because of reads of channels that nothing was published on", async () => {
    const archive = await Archive.open(make);
    const position = await archive.fill(3);
    for (const id of numbers(2, 51)) expect((await archive.position(`contract.logs.${id}`)).offset).toBe(0);
    expect(await archive.since(position)).toEqual({ complete: true, position, messages: [] });
    const empty = await archive.position("contract.logs.2");
    const first = await archive.append("first", { channel: "contract.logs.2" });
    expect(first.position).toEqual({ ...empty, offset: 1 });
  });

  it("may be closed twice", async () => {
    const archive = await Archive.open(make);
    await archive.under.history.close();
    await archive.under.history.close();
  });
}
