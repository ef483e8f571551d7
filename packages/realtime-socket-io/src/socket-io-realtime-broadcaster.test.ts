import { defineRealtimeChannel, InProcessBroker, type IRealtimeBroker } from "@repo/core-realtime";
import { createAdapter } from "@socket.io/redis-adapter";
import { Emitter } from "@socket.io/redis-emitter";
import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { SocketIORealtimeBroadcaster } from "./socket-io-realtime-broadcaster.js";
import { SocketIORealtimeServer } from "./socket-io-realtime-server.js";
import { cursors, lobby, openNode, prices, room } from "./testing/node-under-test.js";
import { RedisPubSub } from "./testing/redis-pub-sub.js";

/** Two nodes whose cluster is Socket.IO's own, and one client on each. */
async function openCluster() {
  const redis = new RedisPubSub();
  const socketIO = { adapter: createAdapter(redis, redis) };
  const nodes = [await openNode({ socketIO }), await openNode({ socketIO })] as const;
  const clients = [await nodes[0].enter({ token: "mia" }), await nodes[1].enter({ mode: "polling" })] as const;
  for (const { client } of clients) await client.request({ type: "subscribe", channel: "lobby" });
  return { redis, nodes, clients };
}

it("publishes to every node of Socket.IO's cluster from one of them, once each", async () => {
  const { nodes, clients } = await openCluster();
  const realtime = new SocketIORealtimeBroadcaster(nodes[0].transport);
  await realtime.broadcast(lobby, { text: "to all" });
  for (const { client } of clients) {
    expect(await client.nextEnvelope("lobby")).toMatchObject({
      payload: { text: "to all" },
      sender: { type: "system" },
    });
    await client.roundTrip();
    expect(client.envelopes()).toHaveLength(1);
  }
});

it("publishes to every node from a worker that has no socket, in the form and order in which a node would", async () => {
  const { redis, clients } = await openCluster();
  const clock = new FakeClock();
  const realtime = new SocketIORealtimeBroadcaster(new Emitter(redis), { clock, traceparent: () => "00-trace" });
  const receipt = await realtime.broadcast(lobby, { text: "1" }, { sender: { type: "user", id: "worker" } });
  for (const text of ["2", "3"]) await realtime.broadcast(lobby, { text });
  for (const { client } of clients) {
    expect(await client.nextEnvelope("lobby")).toEqual({
      type: "message",
      id: receipt.id,
      channel: "lobby",
      event: "message",
      payload: { text: "1" },
      at: clock.now(),
      sender: { type: "user", id: "worker" },
      trace: "00-trace",
    });
    for (const text of ["2", "3"]) expect(await client.nextEnvelope("lobby")).toMatchObject({ payload: { text } });
  }
});

it("reaches only the clients that joined, and none that has left", async () => {
  const { nodes, clients } = await openCluster();
  const realtime = new SocketIORealtimeBroadcaster(nodes[0].transport);
  await clients[0].client.request({ type: "subscribe", channel: "rooms.1" });
  await clients[1].client.request({ type: "unsubscribe", channel: "lobby" });
  await realtime.broadcast(room.at({ id: "1" }), { text: "room" });
  await realtime.broadcast(lobby, { text: "lobby" });
  for (const { client } of clients) await client.roundTrip();
  expect(clients[0].client.envelopes().map(({ channel }) => channel)).toEqual(["rooms.1", "lobby"]);
  expect(clients[1].client.envelopes()).toEqual([]);
});

it("reaches the room ch:<channel>, so that another language's emitter may", async () => {
  const { redis, clients } = await openCluster();
  new Emitter(redis).to("ch:lobby").emit("message", { type: "message", channel: "lobby", payload: { text: "hi" } });
  for (const { client } of clients)
    expect(await client.nextEnvelope("lobby")).toMatchObject({ payload: { text: "hi" } });
});

it("lets what waits for a client go before what comes through the cluster", async () => {
  const { nodes, clients } = await openCluster();
  const realtime = new SocketIORealtimeBroadcaster(nodes[0].transport);
  for (let n = 0; n < 20; n += 1) {
    await nodes[0].realtime.broadcaster.broadcast(lobby, { text: `${2 * n}` });
    await realtime.broadcast(lobby, { text: `${2 * n + 1}` });
  }
  await clients[0].client.roundTrip();
  const texts = clients[0].client.envelopes().map(({ payload }) => (payload as { text: string }).text);
  expect(texts).toEqual(Array.from({ length: 40 }, (_, n) => String(n)));
});

it("ends a slow reader of the cluster too, whichever node published", async () => {
  const node = await openNode({ limits: { maxBufferedBytes: 64 * 1024 } });
  const realtime = new SocketIORealtimeBroadcaster(node.transport);
  const { client, link } = await node.enter({ mode: "polling" });
  await client.request({ type: "subscribe", channel: "lobby" });
  link.pause?.();
  for (let n = 0; n < 10 && node.observer.of("disconnected").length === 0; n += 1)
    await realtime.broadcast(lobby, { text: "x".repeat(16 * 1024) });
  expect(node.observer.of("disconnected")).toMatchObject([{ reason: "SLOW_CONSUMER" }]);
});

it("marks as volatile where the channel drops", async () => {
  const redis = new RedisPubSub();
  redis.psubscribe("socket.io*");
  const published: Buffer[] = [];
  redis.on("pmessageBuffer", (_pattern, _channel, message: Buffer) => published.push(message));
  const realtime = new SocketIORealtimeBroadcaster(new Emitter(redis));
  await realtime.broadcast(lobby, { text: "" });
  await realtime.broadcast(cursors, { text: "" });
  expect(published.map((message) => message.includes("volatile"))).toEqual([false, true]);
});

it("holds gate 4: no client receives what does not fit", async () => {
  const { nodes, clients } = await openCluster();
  const realtime = new SocketIORealtimeBroadcaster(nodes[0].transport, { maxBroadcastBytes: 100 });
  for (const bad of [{ text: 7 }, { text: "x".repeat(100) }] as unknown as { text: string }[])
    await expect(realtime.broadcast(lobby, bad)).rejects.toMatchObject({ code: "BROADCAST_INVALID" });
  await realtime.broadcast(lobby, { text: "fits" });
  await clients[0].client.nextEnvelope("lobby");
  expect(clients[0].client.envelopes()).toHaveLength(1);
});

it("refuses a broadcast whose schema never resolves, and emits nothing", async () => {
  const emitted: unknown[] = [];
  const emitter = { emit: (...args: unknown[]) => emitted.push(args) };
  const realtime = new SocketIORealtimeBroadcaster(
    { to: () => ({ ...emitter, volatile: emitter }) },
    { handlerMs: 10 },
  );
  const payload = z.number().refine(async () => new Promise<boolean>(() => undefined));
  const slow = defineRealtimeChannel({ name: "slow", scope: "public", payload });
  await expect(realtime.broadcast(slow, 1)).rejects.toMatchObject({ code: "HANDLER_TIMEOUT" });
  expect(emitted).toEqual([]);
});

it("refuses an idempotency key, which needs a history", async () => {
  const realtime = new SocketIORealtimeBroadcaster(new Emitter(new RedisPubSub()));
  const broadcast = realtime.broadcast(lobby, { text: "" }, { idempotencyKey: "k" });
  await expect(broadcast).rejects.toMatchObject({ code: "BROADCAST_INVALID" });
});

it("refuses channels with a history, and channels that conflate, with a sentence about what to do", async () => {
  const realtime = new SocketIORealtimeBroadcaster(new Emitter(new RedisPubSub()));
  const log = defineRealtimeChannel({
    name: "log",
    scope: "public",
    payload: z.string(),
    history: { size: 1, ttlMs: 1 },
  });
  await expect(realtime.broadcast(log, "x")).rejects.toThrow(/keeps a history.*createRealtime's broadcaster/);
  await expect(realtime.broadcast(prices, { key: "", text: "" })).rejects.toThrow(/conflates.*"drop"/);
});

it("reports at start-up that there is a broker beside it, and takes the one that reaches this process alone", () => {
  const emitter = new Emitter(new RedisPubSub());
  const broker: IRealtimeBroker = {
    join: async () => Promise.reject(new Error("never joined")),
    close: () => undefined,
  };
  expect(() => new SocketIORealtimeBroadcaster(emitter, { broker })).toThrow(/There are two clusters/);
  expect(() => new SocketIORealtimeBroadcaster(emitter, { broker: new InProcessBroker() })).not.toThrow();
});

it("reports it where it is to publish through a transport that does not serve yet", async () => {
  const realtime = new SocketIORealtimeBroadcaster(new SocketIORealtimeServer());
  await expect(realtime.broadcast(lobby, { text: "" })).rejects.toThrow(/realtime\.serve/);
});
