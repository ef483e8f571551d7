import { expect, it } from "vitest";
import { EventLog } from "../event-log";
import { CHANNEL, envelope, position, invariantFixture } from "./invariant-fixture";

it("finds no violation in a correct run, over a recovery too", () => {
  const { eventLog, receive, check } = invariantFixture();
  [0, 1].forEach((n) => receive(n));
  eventLog.onAttached({ channel: CHANNEL, since: position(2), position: position(4), recovered: true });
  [2, 3].forEach((n) => receive(n));
  expect(check()).toEqual([]);
});

it("accepts a gap that was reported and that the history could not fill", () => {
  const { eventLog, receive, check } = invariantFixture();
  receive(0);
  eventLog.onAttached({ channel: CHANNEL, since: position(1), position: position(4), recovered: false });
  expect(check()).toEqual([]);
});

it("finds a gap that was reported though the history held it", () => {
  const { eventLog, receive, check } = invariantFixture();
  [0, 1].forEach((n) => receive(n));
  eventLog.onAttached({ channel: CHANNEL, since: position(2), position: position(4), recovered: false });
  expect(check()).toEqual(["no needless gap: 2 messages were given up"]);
});

it("finds a message that was received twice, whatever its position", () => {
  const { receive, check } = invariantFixture({ messages: 2 });
  receive(0);
  receive(0, 2);
  receive(1, 3);
  expect(check()).toEqual(["once: system#0 was received twice"]);
});

it("finds a message that never arrived, by its number alone", () => {
  const { receive, check } = invariantFixture({ messages: 3 });
  receive(0, 1);
  receive(2, 2);
  receive(2, 3);
  expect(check()).toContain("no silent gap: system#1 … #1 never arrived, without a gap");
});

it("finds a message that never arrived, by its position alone", () => {
  const { receive, check } = invariantFixture({ messages: 2 });
  receive(0, 1);
  receive(1, 3);
  expect(check()).toEqual(["no silent gap: @2 … @2 never arrived, without a gap"]);
});

it("finds last messages that never arrived", () => {
  const { receive, check } = invariantFixture({ messages: 3 });
  [0, 1].forEach((n) => receive(n));
  expect(check()).toEqual([
    "no silent gap: the end, system#2 … #2, never arrived, without a gap",
    "no silent gap: the end, @3 … @3, never arrived, without a gap",
  ]);
});

it("finds last messages that never arrived after a reported gap", () => {
  const { eventLog, receive, check } = invariantFixture({ messages: 5 });
  receive(0);
  eventLog.onAttached({ channel: CHANNEL, since: position(1), position: position(4), recovered: false });
  expect(check()).toEqual(["no silent gap: the end, @5 … @5, never arrived, without a gap"]);
});

it("finds a publisher's messages out of order", () => {
  const { receive, check } = invariantFixture({ kept: 0, messages: 2 });
  [1, 0].forEach((n) => receive(n));
  expect(check()).toEqual(["in order: system#0 came after system#1"]);
});

it("requires of a channel without history only order and no duplicates", () => {
  const { receive, check } = invariantFixture({ kept: 0, messages: 9 });
  [1, 4].forEach((n) => receive(n));
  expect(check()).toEqual([]);
});

it("finds two clients that received different messages at one position", () => {
  const { publishLog, receive, check } = invariantFixture({ messages: 1 });
  const other = new EventLog();
  publishLog.publish(CHANNEL, "ada");
  publishLog.replied(CHANNEL, "ada");
  receive(0);
  other.onMessage(envelope(0, 1, "ada"));
  expect(check([other])).toContain("in order: ada#0 stands where others received system#0");
});

it("finds a hole on a connection that held", () => {
  const { eventLog, receive, check } = invariantFixture({ messages: 1 });
  receive(0);
  eventLog.onHole(CHANNEL);
  expect(check()).toEqual(["no hole: the numbers jumped on a connection that held"]);
});

it("finds a message that reached a client without a right", () => {
  const { eventLog, receive, check } = invariantFixture({ right: "nothing" });
  eventLog.onRefused(CHANNEL, "UNAUTHORIZED");
  receive(0);
  expect(check()).toEqual(["rights: system#0 was not for it"]);
});

it("finds a message that reached a client after its right had ended, and none before", () => {
  const { eventLog, receive, check } = invariantFixture({ right: { until: new Map([["system", 1]]) } });
  receive(0);
  receive(1);
  eventLog.onRefused(CHANNEL, "REVOKED");
  expect(check()).toEqual(["rights: system#1 was not for it"]);
});

it("finds a message on a channel without a subscription", () => {
  const { eventLog, receive, check } = invariantFixture({ messages: 1 });
  receive(0);
  eventLog.onStray(envelope(0, 1));
  expect(check()).toEqual(["rights: system#0 was not for it"]);
});

it("finds a client that was refused what it may receive", () => {
  const { eventLog, receive, check } = invariantFixture({ messages: 1 });
  receive(0);
  eventLog.onRefused(CHANNEL, "REVOKED");
  expect(check()).toEqual(["rights: it may receive all, and was refused with REVOKED"]);
});

it("requires that a client without a right was refused at least once", () => {
  expect(invariantFixture({ right: "nothing" }).check()).toEqual([
    "rights: it was never refused, so the run shows nothing",
  ]);
});

it("finds a message that was never published, and one without a reply", () => {
  const { publishLog, receive, check } = invariantFixture({ messages: 1 });
  [0, 1].forEach((n) => receive(n));
  publishLog.publish("room", "ada");
  expect(check()).toEqual(
    expect.arrayContaining([
      "only what was published: system#1 was never sent",
      "replied: 1 messages were not acknowledged",
    ]),
  );
});

it("finds a client that subscribed again on a connection that held", () => {
  const { eventLog, receive, check } = invariantFixture({ messages: 1 });
  receive(0);
  eventLog.onResubscribed(CHANNEL);
  expect(check()).toEqual(["no needless resubscribe: it subscribed again on a connection that held"]);
});

it("lets a client without a right subscribe again and again", () => {
  const { eventLog, check } = invariantFixture({ right: "nothing" });
  eventLog.onRefused(CHANNEL, "UNAUTHORIZED");
  eventLog.onResubscribed(CHANNEL);
  expect(check()).toEqual([]);
});
