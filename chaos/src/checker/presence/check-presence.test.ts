import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { checkPresence, isListCorrect } from "./check-presence";
import { PresenceLog, type SeenMember } from "./presence-log";
import type { Visibility } from "./presence-run";

const BOUND_MS = 1_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

const member = (connectionId: string, userId: string, more: Partial<SeenMember> = {}): SeenMember => ({
  connectionId,
  userId,
  tab: "1",
  joinedAt: 0,
  ...more,
});
const [mia, sam] = [member("c1", "mia"), member("c2", "sam")];

/** Sam watches; sam and mia are present, and the others that are published. */
function presenceFixture({
  nodes = 1,
  visibility = "all" as Visibility,
  gone = [] as readonly { userId: string; tab: string; at: number }[],
} = {}) {
  const eventLog = new PresenceLog();
  const run = () => ({
    channel: "presence:room",
    nodes,
    here: [mia, sam].map(({ userId }) => ({ userId: userId ?? "", tab: "1" })),
    gone,
    watchers: [{ name: "sam", visibility, entries: eventLog.entries }],
    boundMs: BOUND_MS,
  });
  return {
    eventLog,
    pass: (ms: number) => void vi.advanceTimersByTime(ms),
    check: () => checkPresence(run()).map(({ invariant, account }) => `${invariant}: ${account}`),
    isTrue: () => isListCorrect(run()),
  };
}

it("finds no violation where the list is correct in the end, whatever it was in between", () => {
  const { eventLog, check, isTrue, pass } = presenceFixture();
  eventLog.attached();
  eventLog.listed([mia]);
  expect(isTrue()).toBe(false);
  eventLog.published("join", sam, 1);
  eventLog.listed([mia, sam]);
  eventLog.published("leave", mia, 0);
  eventLog.listed([sam]);
  pass(5_000);
  eventLog.published("join", mia, 1);
  eventLog.listed([sam, mia]);
  expect(check()).toEqual([]);
  expect(isTrue()).toBe(true);
});

it.each([
  ["a member that is not present", [mia, sam, member("c9", "tom")], "tom/1"],
  ["a tab twice", [mia, member("c9", "mia"), sam], "mia/1"],
  ["one that never sent its name", [mia, sam, member("c9", "mia", { tab: undefined })], "mia/?"],
])("finds a ghost that stayed: %s", (_, members, label) => {
  const { eventLog, check } = presenceFixture();
  eventLog.listed(members);
  expect(check()).toEqual([`no ghost: ${label} is not there, and was shown in the end`]);
});

it("finds the members that are missing, also where none was shown", () => {
  const { eventLog, check } = presenceFixture();
  const missing = ["mia/1", "sam/1"].map((label) => `all members shown: ${label} is there, and was not shown`);
  expect(check()).toEqual(missing);
  eventLog.listed([sam]);
  expect(check()).toEqual(missing.slice(0, 1));
});

it("finds members that were shown for longer than the bound: one that had left, a tab's earlier connection, one without a name", () => {
  const ghosts = [member("c7", "tom"), member("c8", "mia"), member("c9", "mia", { tab: undefined })];
  const gone = [{ userId: "tom", tab: "1", at: performance.now() }];
  const { eventLog, check, pass } = presenceFixture({ gone });
  for (const ms of [0, BOUND_MS, 1]) {
    pass(ms);
    eventLog.listed([...ghosts, mia, sam]);
  }
  eventLog.listed([mia, sam]);
  expect(check()).toEqual(
    ["tom/1", "mia/1", "mia/?"].map((who) => `no ghost: ${who} was shown for 1001 ms, and could not be there`),
  );
});

it("allows a ghost for the bound, and counts anew where it was none", () => {
  const ghost = member("c8", "mia");
  const { eventLog, check, pass } = presenceFixture();
  for (const members of [
    [ghost, mia, sam],
    [ghost, sam],
    [ghost, mia, sam],
    [mia, sam],
  ]) {
    eventLog.listed(members);
    pass(BOUND_MS - 1);
  }
  expect(check()).toEqual([]);
});

it("finds joins and leaves that do not alternate: of a connection, and of a user over all tabs", () => {
  const { eventLog, check } = presenceFixture();
  eventLog.listed([mia, sam]);
  const other = member("c3", "mia", { tab: "2" });
  eventLog.published("join", mia, 1);
  eventLog.published("join", mia, 2);
  eventLog.published("leave", mia, 0);
  eventLog.published("leave", other, 0);
  eventLog.attached(); // what was published meanwhile was delivered to others
  eventLog.published("leave", other, 0);
  expect(check()).toEqual([
    'joins and leaves alternate: mia/1: "join" was published twice in a row of connection c1',
    'joins and leaves alternate: mia/2: "leave" was published twice in a row of user mia',
  ]);
});

it("finds members shown to a client that may see none, and a client that was never refused", () => {
  const { eventLog, check } = presenceFixture({ visibility: "nothing" });
  expect(check()).toEqual(["visibility: it was never refused, so the run shows nothing"]);
  eventLog.refused();
  expect(check()).toEqual([]);
  eventLog.published("join", mia, 1);
  eventLog.listed([mia]);
  eventLog.stray();
  expect(check()).toEqual([
    "visibility: it received a message without a subscription",
    "visibility: it was shown mia, and 1 times more",
  ]);
});

it("finds members shown to a client whose right had ended when they joined", () => {
  const { eventLog, check } = presenceFixture({ visibility: { until: 500 } });
  eventLog.listed([mia, member("c3", "tom", { joinedAt: 500 })]);
  eventLog.refused();
  expect(check()).toEqual([]);
  eventLog.published("join", member("c4", "tom", { joinedAt: 501 }), 2);
  expect(check()).toEqual(["visibility: it was shown tom, and 0 times more"]);
});

it("lets two nodes report one user in any order, but not one connection", () => {
  const { eventLog, check } = presenceFixture({ nodes: 2 });
  eventLog.listed([mia, sam]);
  eventLog.published("join", member("c3", "mia", { tab: "2" }), 1);
  eventLog.published("join", mia, 1);
  expect(check()).toEqual([]);
  eventLog.published("join", mia, 2);
  expect(check()).toEqual(['joins and leaves alternate: mia/1: "join" was published twice in a row of connection c1']);
});
