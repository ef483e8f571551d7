import { expect, it, vi } from "vitest";
import { SessionTable } from "./session-table.js";
import type { RealtimeSession } from "./realtime-session.js";

const session = (connectionId: string, userId: string | null, sessionId?: string) =>
  ({
    connectionId,
    user: userId === null ? null : { userId, roles: [], sessionId },
  }) as unknown as RealtimeSession;

const ids = (sessions: Iterable<RealtimeSession>) => [...sessions].map(({ connectionId }) => connectionId);

function tableOf(...sessions: readonly RealtimeSession[]) {
  const table = new SessionTable();
  for (const each of sessions) table.add(each);
  return table;
}

it("finds sessions by user, by sign-in, by connection, and by all that is named", () => {
  const table = tableOf(
    session("1", "mia", "a"),
    session("2", "mia", "b"),
    session("3", "sam", "b"),
    session("4", null),
  );
  expect(ids(table.matching({ userId: "mia" }))).toEqual(["1", "2"]);
  expect(ids(table.matching({ sessionId: "b" }))).toEqual(["2", "3"]);
  expect(ids(table.matching({ userId: "mia", sessionId: "b" }))).toEqual(["2"]);
  expect(ids(table.matching({ connectionId: "4" }))).toEqual(["4"]);
  expect(ids(table.matching({ connectionId: "4", userId: "mia" }))).toEqual([]);
  expect(ids(table.matching({}))).toEqual(["1", "2", "3", "4"]);
});

it("follows a session to its new identity, and forgets one that is removed", () => {
  const identity = { before: { userId: "mia", roles: [], sessionId: "a" }, after: { userId: "sam", roles: [] } };
  const moved = { connectionId: "1", user: identity.before };
  const table = tableOf(moved as unknown as RealtimeSession);
  const after = Object.assign(moved, { user: identity.after }) as unknown as RealtimeSession;
  table.add(after, identity.before);
  expect([table.countOf("mia"), table.countOf("sam")]).toEqual([0, 1]);
  expect(ids(table.matching({ sessionId: "a" }))).toEqual([]);
  table.remove(after);
  expect([table.countOf("sam"), ids(table.all()).length]).toEqual([0, 0]);
});

it("visits only the sessions that may match, however many others there are", () => {
  const table = tableOf(...Array.from({ length: 20_000 }, (_, n) => session(`${n}`, `u${n}`, `s${n}`)));
  const all = vi.spyOn(table, "all");
  const walks = (["values", "entries", "keys", "forEach"] as const).map((name) => vi.spyOn(Map.prototype, name));
  const found = [{ connectionId: "7" }, { sessionId: "s7" }, { userId: "u7" }].map((target) => table.matching(target));
  const walked = [all, ...walks].reduce((sum, { mock }) => sum + mock.calls.length, 0);
  vi.restoreAllMocks();
  expect(found.map((sessions) => ids(sessions))).toEqual([["7"], ["7"], ["7"]]);
  expect(walked).toBe(0);
});

it("remembers the identities that were expelled recently, and matches no other", () => {
  const table = new SessionTable();
  table.noteExpulsion({ userId: "mia" });
  const since = table.expulsions;
  table.noteExpulsion({ userId: "sam", sessionId: "b" });
  const user = (userId: string, sessionId?: string) => ({ userId, roles: [], ...(sessionId && { sessionId }) });
  expect(table.expelledSince(since, user("sam", "b"))).toBe(true);
  expect([user("sam", "c"), user("sam"), user("mia"), null].map((each) => table.expelledSince(since, each))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  table.noteExpulsion({ sessionId: "c" });
  expect(table.expelledSince(since, user("sam", "c"))).toBe(true);
});

it("takes for a match what it no longer remembers, and keeps a bounded number", () => {
  const table = new SessionTable();
  for (let n = 0; n < 4_096; n += 1) table.noteExpulsion({ userId: `u${n}` });
  expect(table.expelledSince(0, { userId: "mia", roles: [] })).toBe(false);
  table.noteExpulsion({ userId: "one more" });
  expect(table.expelledSince(0, { userId: "mia", roles: [] })).toBe(true);
  expect(table.expelledSince(1, { userId: "mia", roles: [] })).toBe(false);
});
