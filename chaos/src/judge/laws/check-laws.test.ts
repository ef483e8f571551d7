import { expect, it } from "vitest";
import { Diary } from "../diary";
import { CHANNEL, envelope, position, lawFixture } from "./law-fixture";

it("finds nothing where all is as promised, over a recovery too", () => {
  const { diary, receive, judge } = lawFixture();
  [0, 1].forEach((n) => receive(n));
  diary.onAttached({ channel: CHANNEL, since: position(2), position: position(4), recovered: true });
  [2, 3].forEach((n) => receive(n));
  expect(judge()).toEqual([]);
});

it("excuses a gap that was reported and that the history could not fill", () => {
  const { diary, receive, judge } = lawFixture();
  receive(0);
  diary.onAttached({ channel: CHANNEL, since: position(1), position: position(4), recovered: false });
  expect(judge()).toEqual([]);
});

it("finds a gap that was reported though the history held it", () => {
  const { diary, receive, judge } = lawFixture();
  [0, 1].forEach((n) => receive(n));
  diary.onAttached({ channel: CHANNEL, since: position(2), position: position(4), recovered: false });
  expect(judge()).toEqual(["no needless gap: 2 messages were given up"]);
});

it("finds a message that was seen twice, whatever its place", () => {
  const { receive, judge } = lawFixture({ messages: 2 });
  receive(0);
  receive(0, 2);
  receive(1, 3);
  expect(judge()).toEqual(["once: system#0 was seen twice"]);
});

it("finds a message that never came, by its number alone", () => {
  const { receive, judge } = lawFixture({ messages: 3 });
  receive(0, 1);
  receive(2, 2);
  receive(2, 3);
  expect(judge()).toContain("no silent gap: system#1 … #1 never arrived, without a gap");
});

it("finds a message that never came, by its place alone", () => {
  const { receive, judge } = lawFixture({ messages: 2 });
  receive(0, 1);
  receive(1, 3);
  expect(judge()).toEqual(["no silent gap: @2 … @2 never arrived, without a gap"]);
});

it("finds an end that never came", () => {
  const { receive, judge } = lawFixture({ messages: 3 });
  [0, 1].forEach((n) => receive(n));
  expect(judge()).toEqual([
    "no silent gap: the end, system#2 … #2, never arrived, without a gap",
    "no silent gap: the end, @3 … @3, never arrived, without a gap",
  ]);
});

it("finds an end that never came after a gap that was reported", () => {
  const { diary, receive, judge } = lawFixture({ messages: 5 });
  receive(0);
  diary.onAttached({ channel: CHANNEL, since: position(1), position: position(4), recovered: false });
  expect(judge()).toEqual(["no silent gap: the end, @5 … @5, never arrived, without a gap"]);
});

it("finds a speaker out of order", () => {
  const { receive, judge } = lawFixture({ kept: 0, messages: 2 });
  [1, 0].forEach((n) => receive(n));
  expect(judge()).toEqual(["in order: system#0 came after system#1"]);
});

it("asks no more of a channel without history than order and once", () => {
  const { receive, judge } = lawFixture({ kept: 0, messages: 9 });
  [1, 4].forEach((n) => receive(n));
  expect(judge()).toEqual([]);
});

it("finds two who saw different messages in one place", () => {
  const { chronicle, receive, judge } = lawFixture({ messages: 1 });
  const other = new Diary();
  chronicle.publish(CHANNEL, "ada");
  chronicle.replied(CHANNEL, "ada");
  receive(0);
  other.onMessage(envelope(0, 1, "ada"));
  expect(judge([other])).toContain("in order: ada#0 stands where others saw system#0");
});

it("finds a hole on a connection that held", () => {
  const { diary, receive, judge } = lawFixture({ messages: 1 });
  receive(0);
  diary.onHole(CHANNEL);
  expect(judge()).toEqual(["no hole: the numbers jumped on a connection that held"]);
});

it("finds what reached one without a right", () => {
  const { diary, receive, judge } = lawFixture({ right: "nothing" });
  diary.onRefused(CHANNEL, "UNAUTHORIZED");
  receive(0);
  expect(judge()).toEqual(["rights: system#0 was not for it"]);
});

it("finds what reached one whose right had ended, and nothing before", () => {
  const { diary, receive, judge } = lawFixture({ right: { until: new Map([["system", 1]]) } });
  receive(0);
  receive(1);
  diary.onRefused(CHANNEL, "REVOKED");
  expect(judge()).toEqual(["rights: system#1 was not for it"]);
});

it("finds what came on a channel without a subscription", () => {
  const { diary, receive, judge } = lawFixture({ messages: 1 });
  receive(0);
  diary.onStray(envelope(0, 1));
  expect(judge()).toEqual(["rights: system#0 was not for it"]);
});

it("finds a client that was refused what it may receive", () => {
  const { diary, receive, judge } = lawFixture({ messages: 1 });
  receive(0);
  diary.onRefused(CHANNEL, "REVOKED");
  expect(judge()).toEqual(["rights: it may receive all, and was refused with REVOKED"]);
});

it("is not content with one who was never refused", () => {
  expect(lawFixture({ right: "nothing" }).judge()).toEqual(["rights: it was never refused, so nothing is proven"]);
});

it("finds what nobody published, and what has no reply", () => {
  const { chronicle, receive, judge } = lawFixture({ messages: 1 });
  [0, 1].forEach((n) => receive(n));
  chronicle.publish("room", "ada");
  expect(judge()).toEqual(
    expect.arrayContaining([
      "only what was published: system#1 was never sent",
      "replied: 1 messages were not acknowledged",
    ]),
  );
});

it("finds one that had to subscribe again on a connection that held", () => {
  const { diary, receive, judge } = lawFixture({ messages: 1 });
  receive(0);
  diary.onResubscribed(CHANNEL);
  expect(judge()).toEqual(["no needless resubscribe: it subscribed again on a connection that held"]);
});

it("lets one without a right ask again and again", () => {
  const { diary, judge } = lawFixture({ right: "nothing" });
  diary.onRefused(CHANNEL, "UNAUTHORIZED");
  diary.onResubscribed(CHANNEL);
  expect(judge()).toEqual([]);
});
