import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";
import { ManualBroker } from "./manual-broker.js";

const news = defineRealtimeChannel({ name: "news", scope: "public", payload: z.number() });
const other = defineRealtimeChannel({ name: "other", scope: "public", payload: z.number() });

it("calls back for each message of the channel, until it is undone, without any subscriber", async () => {
  const { realtime } = await nodeUnderTest();
  realtime.registry.registerChannel(news);
  realtime.registry.registerChannel(other);
  let calls = 0;
  const undo = realtime.watch(news, () => (calls += 1));
  await realtime.broadcaster.broadcast(news, 1);
  await realtime.broadcaster.broadcast(other, 1);
  await realtime.broadcaster.broadcast(news, 2);
  expect(calls).toBe(2);
  undo();
  await realtime.broadcaster.broadcast(news, 3);
  expect(calls).toBe(2);
  await realtime.close({ drainMs: 1 });
});

it("calls back where a message may have been lost, and after an isolation", async () => {
  const broker = new ManualBroker();
  const { realtime } = await nodeUnderTest({ broker });
  realtime.registry.registerChannel(news);
  const calls = { news: 0, other: 0 };
  realtime.watch(news, () => (calls.news += 1));
  realtime.watch(other, () => (calls.other += 1));
  broker.node.onGap(["news"]);
  expect(calls).toEqual({ news: 1, other: 0 });
  broker.node.onGap();
  expect(calls).toEqual({ news: 2, other: 1 });
  broker.node.onIsolated();
  broker.node.onRejoined();
  expect(calls).toEqual({ news: 3, other: 2 });
});

it("requests the channel from the broker until neither a subscriber nor a watcher is left", async () => {
  const broker = new ManualBroker();
  const { realtime, enter } = await nodeUnderTest({ broker });
  realtime.registry.registerChannel(news);
  const [first, second] = [realtime.watch(news, () => undefined), realtime.watch(news, () => undefined)];
  const client = enter();
  await client.request({ type: "subscribe", channel: "news" });
  expect(broker.wanted).toEqual(["news"]);
  first();
  first(); // undone already
  await client.request({ type: "unsubscribe", channel: "news" });
  expect(broker.unwanted).toEqual([]);
  second();
  expect(broker.unwanted).toEqual(["news"]);
});

it("reports a listener that throws, and calls the others", async () => {
  const { realtime, observations } = await nodeUnderTest();
  realtime.registry.registerChannel(news);
  let calls = 0;
  realtime.watch(news, () => {
    throw new Error("broken");
  });
  realtime.watch(news, () => (calls += 1));
  await realtime.broadcaster.broadcast(news, 1);
  expect(calls).toBe(1);
  expect(observations).toContainEqual(expect.objectContaining({ kind: "failed", where: "watch", channel: "news" }));
});
