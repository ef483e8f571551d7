import { PubSubBroker } from "@repo/core-realtime/server";
import { expect, it } from "vitest";
import { turn } from "../../event-loop-turn";
import { CHANNEL, envelope } from "./broker-fixture";
import { counting, pubSubFixture } from "./pub-sub-fixture";

it("ignores what is no message of its own, on every topic", async () => {
  const { cluster, fixture, nodeOf } = await pubSubFixture();
  const { topics, counted } = counting(cluster.carrier.connect("a"));
  const [node, other] = [nodeOf("a", cluster.open("a", { carrier: counted })), nodeOf("b")];
  await fixture.settle(Promise.all([node.join(), other.join()]));
  await fixture.settle(Promise.resolve(node.membership.want(CHANNEL)));
  const foreign = cluster.carrier.connect("foreign");
  const texts = [
    "",
    " ",
    "x",
    "1 2 3 4",
    "a.1 1 8 contract",
    "null",
    "[]",
    "{}",
    '{"kind":"toString"}',
    '{"kind":"beat"}',
  ];
  const kinds = ["sync", "synced", "refused", "beat", "command", "done"].map((kind) =>
    JSON.stringify({ kind, from: "x" }),
  );
  for (const topic of topics) for (const text of [...texts, ...kinds]) await foreign.publish(topic, text);
  await fixture.pass(5_000);
  expect(node.events).toEqual([]);
  expect(await fixture.settle(node.membership.command({ kind: "recheck" }))).toEqual({ nodes: 2, givenUp: [] });
});

it("takes a fixed number of topics and a bounded heartbeat, however many channels are wanted and published to", async () => {
  const { cluster, fixture, nodeOf } = await pubSubFixture();
  const { topics, texts, counted } = counting(cluster.carrier.connect("a"));
  const node = nodeOf("a", cluster.open("a", { carrier: counted }));
  await fixture.settle(node.join());
  const channels = Array.from({ length: 20_000 }, (_, index) => `rooms.${index}`);
  await fixture.settle(Promise.all(channels.map(async (channel) => node.membership.want(channel))));
  for (const channel of channels) void node.membership.publish(envelope(1, channel));
  expect(node.received).toHaveLength(channels.length);
  texts.length = 0;
  await fixture.pass(1_000);
  expect(topics.size).toBe(256 + 2);
  expect(Math.max(...texts.map(({ text }) => text.length))).toBeLessThan(5_000);
  expect(texts.length).toBeLessThanOrEqual(3);
  for (const channel of channels) node.membership.unwant(channel);
  await fixture.pass(11_000);
  expect(topics.size).toBe(2);
});

it("leaves no timer and no subscription behind", async () => {
  const { cluster, fixture, nodeOf } = await pubSubFixture();
  const { topics, counted } = counting(cluster.carrier.connect("a"));
  const node = nodeOf("a", cluster.open("a", { carrier: counted }));
  await fixture.settle(node.join());
  await fixture.settle(Promise.resolve(node.membership.want(CHANNEL)));
  await fixture.settle((async () => node.membership.leave())());
  await turn();
  expect([topics.size, cluster.clock.waiting]).toEqual([0, 0]);
});

it("rejects a command that a connected node does not confirm within 30 s, with its name", async () => {
  const { fixture, nodeOf } = await pubSubFixture();
  const [here, hanging] = [nodeOf("here"), nodeOf("hanging")];
  await fixture.settle(Promise.all([here.join(), hanging.join()]));
  hanging.carryOut = () => new Promise(() => undefined);
  const from = fixture.now;
  const commanded = here.membership.command({ kind: "recheck" });
  commanded.catch(() => undefined);
  await fixture.pass(15_000);
  await expect(fixture.settle(commanded)).rejects.toThrow(/by node hanging/);
  expect(fixture.now - from).toBeLessThanOrEqual(30_200);
});

it("rejects commands beyond a thousand unconfirmed ones", async () => {
  const { fixture, nodeOf } = await pubSubFixture();
  const [here, hanging] = [nodeOf("here"), nodeOf("hanging")];
  await fixture.settle(Promise.all([here.join(), hanging.join()]));
  hanging.carryOut = () => new Promise(() => undefined);
  const commands = Array.from({ length: 1_001 }, () => here.membership.command({ kind: "recheck" }));
  for (const command of commands) command.catch(() => undefined);
  await expect(commands[1_000]).rejects.toThrow(/1000 commands/);
});

it("does not let nodes together that are configured differently", async () => {
  const { fixture, cluster, nodeOf } = await pubSubFixture();
  await fixture.settle(nodeOf("a").join());
  const other = nodeOf("b", cluster.open("b", { shards: 16 }));
  await expect(fixture.settle(other.join())).rejects.toThrow(/shards 256.*shards 16.*configure both alike/);
  for (const wrong of [
    { isolatedAfterMs: 1_000 },
    { giveUpAfterMs: 3_000 },
    { joinTimeoutMs: 5_000 },
    { shards: 0 },
    { quorum: 0 },
  ])
    expect(() => new PubSubBroker({ carrier: cluster.carrier.connect("c"), ...wrong })).toThrow(TypeError);
});

it("reports to a node the envelope that it failed to take, from itself or from another", async () => {
  const { fixture, nodeOf } = await pubSubFixture();
  const [here, there] = [nodeOf("here"), nodeOf("there")];
  await fixture.settle(Promise.all([here.join(), there.join()]));
  await fixture.settle(Promise.resolve(here.membership.want(CHANNEL)));
  here.take = () => {
    throw new Error("out of order");
  };
  for (const node of [here, there]) {
    await node.membership.publish(envelope("hard to take"));
    await fixture.pass(200);
  }
  expect(here.gaps).toEqual([[CHANNEL], [CHANNEL]]);
});
