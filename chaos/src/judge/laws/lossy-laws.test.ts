import { expect, it } from "vitest";
import { CHANNEL, position, lawFixture } from "./law-fixture";

it("accepts a gap that the history does not fill, and not one that it does", () => {
  const judged = (recovered: boolean, nodes = 2) => {
    const { diary, receive, judge } = lawFixture({ messages: 4, kept: 1, nodes });
    receive(0);
    diary.onRefused(CHANNEL, "GAP");
    diary.onResubscribed(CHANNEL);
    diary.onAttached({ channel: CHANNEL, since: position(1), position: position(recovered ? 1 : 4), recovered });
    if (recovered) [1, 2, 3].forEach((n) => receive(n));
    return judge();
  };
  expect(judged(false)).toEqual([]);
  const needless = [
    "no needless resubscribe: it subscribed again on a connection that held",
    "rights: it may receive all, and was refused with GAP",
  ];
  expect(judged(true)).toEqual(needless);
  expect(judged(false, 1)).toEqual(needless); // with one node nothing is lost between nodes
});

it("accepts that a node which is cut off refuses for now, where there are several", () => {
  const judged = (nodes: number) => {
    const { diary, receive, judge } = lawFixture({ messages: 1, nodes });
    receive(0);
    diary.onRefused(CHANNEL, "ISOLATED");
    diary.onAttached({ channel: CHANNEL, since: position(1), position: position(1), recovered: true });
    return judge();
  };
  expect(judged(2)).toEqual([]);
  expect(judged(1)).toEqual(["rights: it may receive all, and was refused with ISOLATED"]);
});

it("judges each subscription by itself where nothing is kept and there are several nodes", () => {
  const judged = (nodes: number, again: number) => {
    const { diary, receive, judge } = lawFixture({ messages: 2, kept: 0, nodes });
    [0, 1].forEach((n) => receive(n));
    diary.onAttached({ channel: CHANNEL });
    for (let n = 0; n < again; n += 1) receive(1);
    return judge();
  };
  expect(judged(2, 1)).toEqual([]);
  expect(judged(2, 2)).toEqual(["once: system#1 was seen twice"]);
  expect(judged(1, 1)).toEqual(["once: system#1 was seen twice"]);
});
