import { expect, it } from "vitest";
import { Archive } from "./archive";
import type { MakeHistory } from "./history-under-test";

const nowhere = { epoch: "any", offset: 0 };

/** What is left where nothing is remembered: no promise that could be broken. */
export function absenceCases(make: MakeHistory): void {
  it("keeps nothing: no position, no message, no key", async () => {
    const archive = await Archive.open(make);
    const receipts = [await archive.append("1", { key: "k" }), await archive.append("2", { key: "k" })];
    expect(receipts).toEqual([{ kind: "unkept" }, { kind: "unkept" }]);
    expect(await archive.read({ kind: "position" })).toEqual({ complete: true, messages: [] });
    expect(await archive.read({ kind: "last", count: 10 })).toEqual({ complete: true, messages: [] });
  });

  it("never calls a gap whole", async () => {
    const archive = await Archive.open(make);
    expect(await archive.since(nowhere)).toEqual({ complete: false, messages: [] });
    await archive.append("1");
    expect(await archive.since(nowhere)).toEqual({ complete: false, messages: [] });
  });
}
