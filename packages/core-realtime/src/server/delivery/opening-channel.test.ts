import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, type HistoryPage, type IRealtimeHistory } from "../../index.js";
import { InMemoryHistory } from "../index.js";
import { nodeUnderTest, type TestClient } from "../node-under-test.js";
import { ManualBroker } from "./manual-broker.js";

const log = defineRealtimeChannel({
  name: "log",
  scope: "public",
  payload: z.number(),
  history: { size: 100, ttlMs: 60_000 },
});
const subscribe = { type: "subscribe", channel: "log" };

/** One turn of the event loop, with all promises in it. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const payloads = ({ frames }: TestClient) =>
  frames.flatMap((frame) => (frame.type === "message" ? [frame.payload] : []));

it("subscribes to the broker before it reads the history, and unsubscribes with the last", async () => {
  const order: string[] = [];
  const broker = new ManualBroker();
  let arrive: () => void = () => undefined;
  broker.onWant = () => new Promise<void>((resolve) => (arrive = resolve));
  const kept = new InMemoryHistory();
  const history: IRealtimeHistory = {
    append: (entries) => kept.append(entries),
    read: (...query) => {
      order.push("read");
      return kept.read(...query);
    },
    close: () => kept.close(),
  };
  const { realtime, enter } = await nodeUnderTest({ broker, history });
  realtime.registry.registerChannel(log);
  const mia = enter("mia");
  mia.send({ ...subscribe, id: "1" });
  await settle();
  expect([broker.wanted, order]).toEqual([["log"], []]);
  arrive();
  await settle();
  expect(order).toEqual(["read"]);
  mia.hangUp();
  expect(broker.unwanted).toEqual(["log"]);
});

it("sends what is published while a channel opens after the reply, once and in order", async () => {
  let finish: (page: HistoryPage) => void = () => undefined;
  const kept = new InMemoryHistory();
  const history: IRealtimeHistory = {
    append: (entries) => kept.append(entries),
    read: (channel, query, policy) => {
      const page = kept.read(channel, query, policy);
      return new Promise((resolve) => (finish = () => resolve(page)));
    },
    close: () => kept.close(),
  };
  const { realtime, enter } = await nodeUnderTest({ history });
  realtime.registry.registerChannel(log);
  const mia = enter("mia");
  mia.send({ ...subscribe, id: "1" });
  await settle();
  await realtime.broadcaster.broadcast(log, 1);
  expect(payloads(mia)).toEqual([]);
  finish({ complete: true, messages: [] });
  await settle();
  await realtime.broadcaster.broadcast(log, 2);
  expect(mia.frames.map(({ type }) => type)).toEqual(["connected", "reply", "message", "message"]);
  expect(payloads(mia)).toEqual([1, 2]);
});
