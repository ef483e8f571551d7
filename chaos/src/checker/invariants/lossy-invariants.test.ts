import { expect, it } from "vitest";
import { CHANNEL, position, invariantFixture } from "./invariant-fixture";

it("accepts a gap that the history does not fill, and not one that it does", () => {
  const checked = (recovered: boolean, nodes = 2) => {
    const { eventLog, receive, check } = invariantFixture({ messages: 4, kept: 1, nodes });
    receive(0);
    eventLog.onRefused(CHANNEL, "GAP");
    eventLog.onResubscribed(CHANNEL);
    eventLog.onAttached({ channel: CHANNEL, since: position(1), position: position(recovered ? 1 : 4), recovered });
    if (recovered) [1, 2, 3].forEach((n) => receive(n));
    return check();
  };
  expect(checked(false)).toEqual([]);
  const needless = [
    "no needless resubscribe: it subscribed again on a connection that held",
    "rights: it may receive all, and was refused with GAP",
  ];
  expect(checked(true)).toEqual(needless);
  expect(checked(false, 1)).toEqual(needless); // with one node nothing is lost between nodes
});

it("accepts that a node which is cut off refuses for now, where there are several", () => {
  const checked = (nodes: number) => {
    const { eventLog, receive, check } = invariantFixture({ messages: 1, nodes });
    receive(0);
    eventLog.onRefused(CHANNEL, "ISOLATED");
    eventLog.onAttached({ channel: CHANNEL, since: position(1), position: position(1), recovered: true });
    return check();
  };
  expect(checked(2)).toEqual([]);
  expect(checked(1)).toEqual(["rights: it may receive all, and was refused with ISOLATED"]);
});

it("checks each subscription by itself where nothing is kept and there are several nodes", () => {
  const checked = (nodes: number, again: number) => {
    const { eventLog, receive, check } = invariantFixture({ messages: 2, kept: 0, nodes });
    [0, 1].forEach((n) => receive(n));
    eventLog.onAttached({ channel: CHANNEL });
    for (let n = 0; n < again; n += 1) receive(1);
    return check();
  };
  expect(checked(2, 1)).toEqual([]);
  expect(checked(2, 2)).toEqual(["once: system#1 was received twice"]);
  expect(checked(1, 1)).toEqual(["once: system#1 was received twice"]);
});
