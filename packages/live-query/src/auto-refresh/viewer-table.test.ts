import { Snapshot } from "@repo/realtime-postgres";
import { expect, it } from "vitest";
import { RecentChanges } from "./recent-changes.js";
import { ViewerTable } from "./viewer-table.js";

const at = Snapshot.parse;
const ALL = [{ table: "1", equals: undefined }];

function table() {
  const recent = new RecentChanges();
  recent.begin(at("10:10:"));
  return new ViewerTable(recent);
}

it("does not notify of a change that the page shows already: its node's feed may be behind", () => {
  const viewers = table();
  let notifications = 0;
  viewers.follow("a", { reads: ALL, snapshot: at("12:12:") }, () => (notifications += 1));
  const change = { table: "1", kind: "insert", before: undefined, after: {} } as const;
  viewers.onChanges({ snapshot: at("12:12:"), changes: [{ ...change, xid: 11n }] });
  expect(notifications).toBe(0);
  viewers.onChanges({ snapshot: at("13:13:"), changes: [{ ...change, xid: 12n }] });
  expect(notifications).toBe(1);
});

it("notifies every page that waits when changes were lost, and keeps those that have been notified", () => {
  const viewers = table();
  const notified: string[] = [];
  for (const key of ["a", "b"]) viewers.follow(key, { reads: ALL, snapshot: at("12:12:") }, () => notified.push(key));
  viewers.onLost(at("20:20:"));
  viewers.onLost(at("21:21:"));
  expect(notified).toEqual(["a", "b"]);
  expect(viewers.census).toEqual({ viewers: 2, waiting: 0 });
  expect(viewers.follow("a", { reads: ALL, snapshot: at("22:22:") })).toBe(false);
});
