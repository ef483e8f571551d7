import { expect, it } from "vitest";
import { CHANNEL, position, lawFixture } from "./law-fixture";

it("lets a message that was refused while the database was away be missing, and no other", () => {
  const judged = (excused: readonly number[]) => {
    const { chronicle, receive, judge } = lawFixture({ messages: 4, kept: 4 });
    for (const n of excused) chronicle.excused(CHANNEL, { by: "system", n });
    receive(0, 1);
    receive(3, 2);
    chronicle.replied(CHANNEL, "system");
    return judge().filter((breach) => breach.includes("system#"));
  };
  expect(judged([1, 2])).toEqual([]);
  expect(judged([2])).toEqual(["no silent gap: system#1 … #2 never arrived, without a gap"]);
});

it("still counts a refused message that is received twice, or late", () => {
  const { chronicle, receive, judge } = lawFixture({ messages: 3, kept: 4 });
  chronicle.excused(CHANNEL, { by: "system", n: 0 });
  receive(1, 1);
  receive(0, 2);
  receive(0, 3);
  expect(judge()).toEqual(
    expect.arrayContaining([
      "once: system#0 was seen twice",
      "in order: system#0 came after system#1",
      "no silent gap: the end, system#2 … #2, never arrived, without a gap",
    ]),
  );
});

it.each(["INTERNAL_ERROR", "GAP"])(
  "accepts that %s refuses for now while the database is away, and not otherwise",
  (code) => {
    const judged = (isAway: boolean) => {
      const { diary, outages, receive, judge } = lawFixture({ messages: 1, nodes: 2 });
      receive(0);
      if (isAway) outages.begin();
      diary.onRefused(CHANNEL, code);
      diary.onAttached({ channel: CHANNEL, since: position(1), position: position(1), recovered: true });
      return judge();
    };
    expect(judged(true)).toEqual([]);
    expect(judged(false)).toEqual([`rights: it may receive all, and was refused with ${code}`]);
  },
);

it("accepts no code that has nothing to do with the database", () => {
  const { diary, outages, judge } = lawFixture({ messages: 0, nodes: 2 });
  outages.begin();
  diary.onRefused(CHANNEL, "UNAUTHORIZED");
  expect(judge()).toEqual(["rights: it may receive all, and was refused with UNAUTHORIZED"]);
});

it("lets a client's message that was sent through an outage come after later ones, but not stay away", () => {
  const judged = (late: readonly number[], isDisplaced = true) => {
    const { chronicle, receive, judge } = lawFixture({ messages: 3, kept: 4 });
    if (isDisplaced) chronicle.displaced(CHANNEL, { by: "system", n: 0 });
    [1, 2, ...late].forEach((n, index) => receive(n, index + 1));
    return judge();
  };
  expect(judged([0])).toEqual([]);
  expect(judged([])).toContain("no silent gap: system#0 never arrived, without a gap");
  expect(judged([0], false)).toContain("in order: system#0 came after system#2");
});
