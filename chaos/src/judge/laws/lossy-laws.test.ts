import { expect, it } from "vitest";
import { CHANNEL, position, scene } from "./scene";

it("accepts a gap that the history does not fill, and not one that it does", () => {
  const judged = (recovered: boolean) => {
    const { diary, hear, judge } = scene({ words: 4, kept: 1 });
    hear(0);
    diary.onRefused(CHANNEL, "GAP");
    diary.onResubscribed(CHANNEL);
    diary.onAttached({ channel: CHANNEL, since: position(1), position: position(recovered ? 1 : 4), recovered });
    if (recovered) [1, 2, 3].forEach((n) => hear(n));
    return judge();
  };
  expect(judged(false)).toEqual([]);
  expect(judged(true)).toEqual([
    "no needless resubscribe: it subscribed again on a connection that held",
    "rights: it may hear all, and was refused with GAP",
  ]);
});

it("judges each subscription by itself where nothing is kept", () => {
  const { diary, hear, judge } = scene({ words: 2, kept: 0 });
  [0, 1].forEach((n) => hear(n));
  diary.onAttached({ channel: CHANNEL });
  hear(1);
  expect(judge()).toEqual([]);
  hear(1);
  expect(judge()).toEqual(["once: system#1 was seen twice"]);
});
