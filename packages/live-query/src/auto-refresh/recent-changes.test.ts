import { Snapshot, type RowChange } from "@repo/realtime-postgres";
import { expect, it } from "vitest";
import { RecentChanges } from "./recent-changes.js";

const at = Snapshot.parse;
const ROOM = [{ table: "1", equals: { column: "room", value: 1 } }];

function update(xid: bigint, image: RowChange["after"]): RowChange {
  return { xid, table: "1", kind: "update", before: image, after: image };
}

it("finds a change that the snapshot does not show", () => {
  const recent = new RecentChanges();
  recent.begin(at("10:10:"));
  recent.add({ snapshot: at("12:12:"), changes: [update(11n, { room: 1 })] });
  expect(recent.mayHaveTouched(ROOM, at("11:11:"))).toBe(true);
  expect(recent.mayHaveTouched(ROOM, at("11:12:11"))).toBe(true); // in progress when the page was rendered
  expect(recent.mayHaveTouched(ROOM, at("12:12:"))).toBe(false);
  expect(recent.mayHaveTouched([{ table: "1", equals: { column: "room", value: 2 } }], at("11:11:"))).toBe(false);
});

it("reports a possible change for what was before its begin, or is no longer kept", () => {
  const recent = new RecentChanges(2);
  expect(recent.mayHaveTouched(ROOM, at("99:99:"))).toBe(true);
  recent.begin(at("10:12:11"));
  expect(recent.mayHaveTouched(ROOM, at("9:9:"))).toBe(true);
  expect(recent.mayHaveTouched(ROOM, at("10:12:10,11"))).toBe(true); // did not see 10, which had ended before the begin
  expect(recent.mayHaveTouched(ROOM, at("11:12:11"))).toBe(false);
  for (const xid of [20n, 21n, 22n])
    recent.add({ snapshot: at(`${xid + 1n}:${xid + 1n}:`), changes: [update(xid, { room: 2 })] });
  expect(recent.mayHaveTouched(ROOM, at("12:12:"))).toBe(true); // the first of the three is gone
  expect(recent.mayHaveTouched(ROOM, at("21:21:"))).toBe(false);
  recent.restart(at("30:30:"));
  expect(recent.mayHaveTouched(ROOM, at("23:23:"))).toBe(true);
});

it("takes a value that is too long to be kept for any value", () => {
  const recent = new RecentChanges();
  recent.begin(at("10:10:"));
  recent.add({ snapshot: at("12:12:"), changes: [update(11n, { room: "x".repeat(1_000) })] });
  expect(recent.mayHaveTouched(ROOM, at("11:11:"))).toBe(true);
});

it("orders snapshots by what they show", () => {
  expect(at("10:12:11").covers(at("10:12:11"))).toBe(true);
  expect(at("10:12:10").covers(at("10:12:10,11"))).toBe(true);
  expect(at("10:12:10,11").covers(at("10:12:10"))).toBe(false);
  expect(at("10:11:").covers(at("12:12:"))).toBe(false);
});
