import { defineRealtimeChannel, RealtimeError } from "@repo/core-realtime";
import { createRealtime, InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { anonymous } from "@repo/core-testing";
import { createRealtimeClient } from "@repo/realtime-client";
import { memory } from "@repo/realtime-client/memory";
import { expect, it } from "vitest";
import { z } from "zod";
import { LiveStore } from "./live-store";
import { WireTap, type WireEvent } from "./wire-tap";

const news = defineRealtimeChannel({
  name: "news",
  scope: "public",
  payload: z.string(),
  inbound: z.string(),
  history: { size: 10, ttlMs: 60_000 },
});
const closedRoom = defineRealtimeChannel({ name: "closed", scope: { role: "staff" }, payload: z.string() });

/** A store on a real node without a port. */
async function stage(channels: readonly string[]) {
  const node = createRealtime({ authenticator: anonymous });
  const server = new InMemoryRealtimeServer();
  await node.serve(server);
  node.registry.register(news, ({ payload }) => {
    if (payload === "rude") throw new RealtimeError("REFUSED", { detail: "be kind" });
  });
  node.registry.registerChannel(closedRoom);
  const tap = new WireTap();
  const client = createRealtimeClient({ url: "memory:", transports: [tap.on(memory(server))], random: () => 0 });
  const wire: WireEvent[] = [];
  tap.listen((event) => wire.push(event));
  let now = 0;
  const store = new LiveStore({ client, tap, channels, now: () => (now += 5) });
  const sent = () => wire.flatMap((event) => (event.kind === "sent" ? [event.frame] : []));
  const kindOf = (name: string) => store.getState().channels[name]?.kind;
  return { node, server, client, store, sent, kindOf };
}

it("joins its channels with what was published lately, and shows both", async () => {
  const { node, store, sent, kindOf } = await stage(["news"]);
  await node.broadcaster.broadcast(news, "before");
  const stop = store.start();
  await expect.poll(() => kindOf("news")).toBe("joined");
  expect(sent().filter(({ type }) => type !== "ping")).toMatchObject([
    { type: "subscribe", channel: "news", rewind: 50 },
  ]);
  expect(store.getState().messages.map(({ payload }) => payload)).toEqual(["before"]);
  expect(store.getState().link).toEqual({ kind: "open", userId: null });
  stop();
});

it("shows a connection that was there before it", async () => {
  const { client, store } = await stage([]);
  client.connect();
  await expect.poll(() => client.state.status).toBe("connected");
  store.start();
  expect(store.getState().link.kind).toBe("open");
});

it("shows what it missed when it comes back", async () => {
  const { node, server, store, kindOf } = await stage(["news"]);
  store.start();
  await expect.poll(() => kindOf("news")).toBe("joined");
  server.close();
  await node.broadcaster.broadcast(news, "meanwhile");
  await expect.poll(() => store.getState().messages.map(({ payload }) => payload)).toEqual(["meanwhile"]);
});

it("leaves a channel, and asks again where it was refused", async () => {
  const { store, sent, kindOf } = await stage(["news"]);
  store.start();
  await expect.poll(() => kindOf("news")).toBe("joined");
  store.leave("news");
  await expect.poll(() => kindOf("news")).toBe(undefined);
  for (const count of [1, 2]) {
    store.join("closed");
    await expect.poll(() => sent().filter(({ type }) => type === "subscribe").length).toBe(1 + count);
    await expect.poll(() => kindOf("closed")).toBe("refused");
  }
});

it("measures how long a reply takes, and shows why there was none", async () => {
  const { store, kindOf } = await stage(["news"]);
  store.start();
  await expect.poll(() => kindOf("news")).toBe("joined");
  await store.send("news", "message", "hi");
  expect(store.getState().reply).toEqual({ kind: "replied", ms: 5 });
  await store.send("news", "message", "rude");
  expect(store.getState().reply).toMatchObject({ kind: "refused", error: { code: "REFUSED" } });
});

it("leaves everything when it is stopped, and receives no more", async () => {
  const { node, store, sent, kindOf } = await stage(["news"]);
  const stop = store.start();
  await expect.poll(() => kindOf("news")).toBe("joined");
  stop();
  await expect.poll(() => sent().at(-1)?.type).toBe("unsubscribe");
  await node.broadcaster.broadcast(news, "after");
  expect(store.getState().messages).toEqual([]);
});
