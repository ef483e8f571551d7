import { expect, it } from "vitest";
import { CHANNEL, position, invariantFixture } from "./invariant-fixture";

it("lets a message that was refused while the database was away be missing, and no other", () => {
  const checked = (markUncertain: readonly number[]) => {
    const { publishLog, receive, check } = invariantFixture({ messages: 4, kept: 4 });
    for (const n of markUncertain) publishLog.markUncertain(CHANNEL, { by: "system", n });
    receive(0, 1);
    receive(3, 2);
    publishLog.replied(CHANNEL, "system");
    return check().filter((violation) => violation.includes("system#"));
  };
  expect(checked([1, 2])).toEqual([]);
  expect(checked([2])).toEqual(["no silent gap: system#1 … #2 never arrived, without a gap"]);
});

it("still counts a refused message that is received twice, or late", () => {
  const { publishLog, receive, check } = invariantFixture({ messages: 3, kept: 4 });
  publishLog.markUncertain(CHANNEL, { by: "system", n: 0 });
  receive(1, 1);
  receive(0, 2);
  receive(0, 3);
  expect(check()).toEqual(
    expect.arrayContaining([
      "once: system#0 was received twice",
      "in order: system#0 came after system#1",
      "no silent gap: the end, system#2 … #2, never arrived, without a gap",
    ]),
  );
});

it.each(["INTERNAL_ERROR", "GAP"])(
  "accepts that %s refuses for now while the database is away, and not otherwise",
  (code) => {
    const checked = (isAway: boolean) => {
      const { eventLog, outages, receive, check } = invariantFixture({ messages: 1, nodes: 2 });
      receive(0);
      if (isAway) outages.begin();
      eventLog.onRefused(CHANNEL, code);
      eventLog.onAttached({ channel: CHANNEL, since: position(1), position: position(1), recovered: true });
      return check();
    };
    expect(checked(true)).toEqual([]);
    expect(checked(false)).toEqual([`rights: it may receive all, and was refused with ${code}`]);
  },
);

it("accepts no code that has nothing to do with the database", () => {
  const { eventLog, outages, check } = invariantFixture({ messages: 0, nodes: 2 });
  outages.begin();
  eventLog.onRefused(CHANNEL, "UNAUTHORIZED");
  expect(check()).toEqual(["rights: it may receive all, and was refused with UNAUTHORIZED"]);
});

it("lets a client's message that was sent during an outage arrive after later ones, but not be missing", () => {
  const checked = (late: readonly number[], isDisplaced = true) => {
    const { publishLog, receive, check } = invariantFixture({ messages: 3, kept: 4 });
    if (isDisplaced) publishLog.markUnordered(CHANNEL, { by: "system", n: 0 });
    [1, 2, ...late].forEach((n, index) => receive(n, index + 1));
    return check();
  };
  expect(checked([0])).toEqual([]);
  expect(checked([])).toContain("no silent gap: system#0 never arrived, without a gap");
  expect(checked([0], false)).toContain("in order: system#0 came after system#2");
});
