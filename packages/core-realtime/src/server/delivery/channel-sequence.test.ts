import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, type IRealtimeHistory } from "../../index.js";
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

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }));
afterEach(() => void vi.useRealTimers());

/** Several subscribers of one channel, with a broker controlled by the test; `count` messages are published. */
async function fixture(count: number, history: IRealtimeHistory = new InMemoryHistory()) {
  const broker = new ManualBroker();
  const node = await nodeUnderTest({ broker, history });
  node.realtime.registry.registerChannel(log);
  const clients = [node.enter("mia"), node.enter("sam")];
  for (const client of clients) client.send({ ...subscribe, id: "1" });
  await settle();
  for (let n = 1; n <= count; n += 1) await node.realtime.broadcaster.broadcast(log, n);
  return { ...node, broker, clients, history };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const payloads = ({ frames }: TestClient) =>
  frames.flatMap((frame) => (frame.type === "message" ? [frame.payload] : []));
const left = ({ frames }: TestClient) => frames.flatMap((frame) => (frame.type === "left" ? [frame.error.code] : []));

it("delivers in the order of the history what two nodes have published in another one", async () => {
  const { broker, clients } = await fixture(4);
  broker.deliver(1, 0, 3, 2);
  await settle();
  for (const client of clients) expect(payloads(client)).toEqual([1, 2, 3, 4]);
});

it("delivers a repeat once", async () => {
  const { broker, clients } = await fixture(2);
  broker.deliver(0, 0, 1, 0, 1);
  for (const client of clients) expect(payloads(client)).toEqual([1, 2]);
});

it("reads a lost message from the history once for all subscribers, shortly after the next one has come", async () => {
  const history = new InMemoryHistory();
  const read = vi.spyOn(history, "read");
  const { broker, clients } = await fixture(3, history);
  read.mockClear();
  broker.deliver(0, 2);
  expect(payloads(clients[0] as TestClient)).toEqual([1]);
  await vi.advanceTimersByTimeAsync(100);
  for (const client of clients) expect(payloads(client)).toEqual([1, 2, 3]);
  expect(read).toHaveBeenCalledTimes(1);
});

it("reads what a broker reports as missing, also where the channel then stays quiet", async () => {
  const { broker, clients, observations } = await fixture(3);
  broker.deliver(0);
  broker.node.onGap(["log"]);
  await settle();
  for (const client of clients) expect(payloads(client)).toEqual([1, 2, 3]);
  expect(observations).toContainEqual({ kind: "gap", channel: "log", outcome: "repaired" });
});

it("reports what may be lost of a channel that declares no history, and ends no subscription for it", async () => {
  const broker = new ManualBroker();
  const { realtime, enter, observations } = await nodeUnderTest({ broker });
  realtime.registry.registerChannel(defineRealtimeChannel({ name: "log", scope: "public", payload: z.number() }));
  const mia = enter("mia");
  mia.send({ ...subscribe, id: "1" });
  await settle();
  broker.node.onGap();
  expect(observations.at(-1)).toEqual({ kind: "gap", channel: "log", outcome: "lost" });
  expect(left(mia)).toEqual([]);
});

it("ends the subscriptions with GAP where the history has lost what is missing", async () => {
  const short = new InMemoryHistory({ maxBytes: 500 });
  const { broker, clients, observations } = await fixture(20, short);
  broker.deliver(0);
  broker.node.onGap();
  await settle();
  for (const client of clients) expect(left(client)).toEqual(["GAP"]);
  expect(observations).toContainEqual({ kind: "gap", channel: "log", outcome: "ended" });
});

it("ends the subscriptions with GAP where the history has begun a new epoch", async () => {
  const { broker, clients, realtime, history } = await fixture(1);
  broker.deliver(0);
  await history.close();
  await realtime.broadcaster.broadcast(log, 2);
  broker.deliver(1);
  for (const client of clients) expect([payloads(client), left(client)]).toEqual([[1], ["GAP"]]);
  const [mia] = clients;
  mia?.send({ ...subscribe, id: "2" });
  await realtime.broadcaster.broadcast(log, 3);
  broker.deliver(2);
  expect(mia && payloads(mia)).toEqual([1, 3]);
});

it("tries a history that fails again, and ends the subscriptions within two seconds where it stays down", async () => {
  const history = new InMemoryHistory();
  const { broker, clients, observations } = await fixture(3, history);
  const read = vi.spyOn(history, "read").mockImplementation(() => {
    throw new Error("the store is down");
  });
  broker.deliver(0, 2);
  await vi.advanceTimersByTimeAsync(300);
  expect(observations).toContainEqual(expect.objectContaining({ kind: "failed", where: "history", channel: "log" }));
  read.mockRestore();
  await vi.advanceTimersByTimeAsync(300);
  for (const client of clients) expect(payloads(client)).toEqual([1, 2, 3]);
  vi.spyOn(history, "read").mockImplementation(() => {
    throw new Error("the store is down");
  });
  broker.node.onGap();
  await vi.advanceTimersByTimeAsync(2_000);
  for (const client of clients) expect(left(client)).toEqual(["GAP"]);
});

it("ends its subscriptions with GAP within two seconds where the history does not return what is missing", async () => {
  const history = new InMemoryHistory();
  const { broker, clients } = await fixture(3, history);
  vi.spyOn(history, "read").mockReturnValue(new Promise(() => undefined) as never);
  broker.deliver(0, 2);
  await vi.advanceTimersByTimeAsync(2_000);
  for (const client of clients) expect(left(client)).toEqual(["GAP"]);
});

it("ends a subscription with GAP whose reply was newer than what this node had delivered", async () => {
  const history = new InMemoryHistory();
  const { broker, clients, enter } = await fixture(3, history);
  const late = enter("pia");
  late.send({ ...subscribe, id: "1" });
  await settle();
  vi.spyOn(history, "read").mockReturnValue({ complete: false, messages: [] });
  broker.deliver(0, 2);
  await vi.advanceTimersByTimeAsync(100);
  for (const client of [...clients, late]) expect(left(client)).toEqual(["GAP"]);
});

it("delivers nothing while its broker reports that it is isolated, and sends every client through the gates again after", async () => {
  const { broker, clients, enter, observations, realtime } = await fixture(2);
  broker.node.onIsolated();
  broker.deliver(0, 1);
  await expect(realtime.broadcaster.broadcast(log, 3)).rejects.toMatchObject({ code: "ISOLATED" });
  const late = enter("pia");
  late.send({ ...subscribe, id: "1" });
  await settle();
  for (const client of clients) expect(payloads(client)).toEqual([]);
  expect(late.frames.at(-1)).toMatchObject({ ok: false, error: { code: "ISOLATED" } });
  broker.node.onRejoined();
  for (const client of clients) expect(client.frames.at(-1)).toMatchObject({ type: "close", closeCode: 4115 });
  const back = enter("mia");
  back.send({ ...subscribe, id: "1", rewind: 10 });
  await settle();
  expect(back.frames.at(-1)).toMatchObject({ result: { messages: [{ payload: 1 }, { payload: 2 }] } });
  expect(observations.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["isolated", "rejoined"]));
});
