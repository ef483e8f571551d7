import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { checkPresence, isPictureTrue } from "./check-presence";
import { PresenceDiary, type SeenMember } from "./presence-diary";
import type { Sight } from "./presence-evidence";

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

/** Sam watches; he and mia are there, and the others that are announced. */
function presenceFixture({
  nodes = 1,
  sight = "all" as Sight,
  gone = [] as readonly { userId: string; tab: string; at: number }[],
} = {}) {
  const diary = new PresenceDiary();
  const evidence = () => ({
    channel: "presence:room",
    nodes,
    here: [mia, sam].map(({ userId }) => ({ userId: userId ?? "", tab: "1" })),
    gone,
    watchers: [{ name: "sam", sight, entries: diary.entries }],
    boundMs: BOUND_MS,
  });
  return {
    diary,
    pass: (ms: number) => void vi.advanceTimersByTime(ms),
    judge: () => checkPresence(evidence()).map(({ law, account }) => `${law}: ${account}`),
    isTrue: () => isPictureTrue(evidence()),
  };
}

it("finds nothing where the picture is true in the end, whatever it was while it went", () => {
  const { diary, judge, isTrue, pass } = presenceFixture();
  diary.attached();
  diary.believes([mia]);
  expect(isTrue()).toBe(false);
  diary.published("join", sam, 1);
  diary.believes([mia, sam]);
  diary.published("leave", mia, 0);
  diary.believes([sam]);
  pass(5_000);
  diary.published("join", mia, 1);
  diary.believes([sam, mia]);
  expect(judge()).toEqual([]);
  expect(isTrue()).toBe(true);
});

it.each([
  ["somebody who is not there", [mia, sam, member("c9", "tom")], "tom/1"],
  ["a tab twice", [mia, member("c9", "mia"), sam], "mia/1"],
  ["one that never sent its name", [mia, sam, member("c9", "mia", { tab: undefined })], "mia/?"],
])("finds a ghost that stayed: %s", (_, members, label) => {
  const { diary, judge } = presenceFixture();
  diary.believes(members);
  expect(judge()).toEqual([`no ghost: ${label} is not there, and was shown in the end`]);
});

it("finds who is missing, where nothing was shown at all too", () => {
  const { diary, judge } = presenceFixture();
  const nobody = ["mia/1", "sam/1"].map((label) => `nobody missing: ${label} is there, and was not shown`);
  expect(judge()).toEqual(nobody);
  diary.believes([sam]);
  expect(judge()).toEqual(nobody.slice(0, 1));
});

it("finds who was shown for longer than the bound: one who had gone, a tab's earlier connection, a nameless one", () => {
  const ghosts = [member("c7", "tom"), member("c8", "mia"), member("c9", "mia", { tab: undefined })];
  const gone = [{ userId: "tom", tab: "1", at: performance.now() }];
  const { diary, judge, pass } = presenceFixture({ gone });
  for (const ms of [0, BOUND_MS, 1]) {
    pass(ms);
    diary.believes([...ghosts, mia, sam]);
  }
  diary.believes([mia, sam]);
  expect(judge()).toEqual(
    ["tom/1", "mia/1", "mia/?"].map((who) => `no ghost: ${who} was shown for 1001 ms, and could not be there`),
  );
});

it("gives a ghost its time, and counts anew where it was none", () => {
  const ghost = member("c8", "mia");
  const { diary, judge, pass } = presenceFixture();
  for (const members of [
    [ghost, mia, sam],
    [ghost, sam],
    [ghost, mia, sam],
    [mia, sam],
  ]) {
    diary.believes(members);
    pass(BOUND_MS - 1);
  }
  expect(judge()).toEqual([]);
});

it("finds coming and going out of turn: of a connection, and of a person over all tabs", () => {
  const { diary, judge } = presenceFixture();
  diary.believes([mia, sam]);
  const other = member("c3", "mia", { tab: "2" });
  diary.published("join", mia, 1);
  diary.published("join", mia, 2);
  diary.published("leave", mia, 0);
  diary.published("leave", other, 0);
  diary.attached(); // what was published meanwhile was delivered to others
  diary.published("leave", other, 0);
  expect(judge()).toEqual([
    'coming and going in turn: mia/1: "join" was published twice in a row of connection c1',
    'coming and going in turn: mia/2: "leave" was published twice in a row of person mia',
  ]);
});

it("finds whatever is shown to one who may see nobody, and one who was never refused", () => {
  const { diary, judge } = presenceFixture({ sight: "nothing" });
  expect(judge()).toEqual(["sight: it was never refused, so nothing is proven"]);
  diary.refused();
  expect(judge()).toEqual([]);
  diary.published("join", mia, 1);
  diary.believes([mia]);
  diary.stray();
  expect(judge()).toEqual([
    "sight: it received a message without a subscription",
    "sight: it was shown mia, and 1 times more",
  ]);
});

it("finds who is shown to one whose right had ended when they came", () => {
  const { diary, judge } = presenceFixture({ sight: { until: 500 } });
  diary.believes([mia, member("c3", "tom", { joinedAt: 500 })]);
  diary.refused();
  expect(judge()).toEqual([]);
  diary.published("join", member("c4", "tom", { joinedAt: 501 }), 2);
  expect(judge()).toEqual(["sight: it was shown tom, and 0 times more"]);
});

it("lets two nodes report one person in any order, but not one connection", () => {
  const { diary, judge } = presenceFixture({ nodes: 2 });
  diary.believes([mia, sam]);
  diary.published("join", member("c3", "mia", { tab: "2" }), 1);
  diary.published("join", mia, 1);
  expect(judge()).toEqual([]);
  diary.published("join", mia, 2);
  expect(judge()).toEqual(['coming and going in turn: mia/1: "join" was published twice in a row of connection c1']);
});
