import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { defineRealtimeChannel, type EnvelopeFrame } from "@repo/core-realtime";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { cursors, lobby, openNode, prices, type NodeUnderTest } from "./testing/node-under-test.js";
import { openPolling } from "./testing/raw-polling.js";

const KIB = 1024;
const MIB = KIB * KIB;
const MORE_THAN_A_KERNEL_HOLDS = 1_000; // times 32 KiB, for one socket
const loud = (mark: string | number) => String(mark).padEnd(32 * KIB, ".");
const markOf = ({ payload }: EnvelopeFrame) => Number((payload as { text: string }).text.replaceAll(".", ""));
const modes = ["websocket", "polling"] as const;

it.each(modes)("skips what may be dropped for a %s reader that lags, and closes no connection", async (mode) => {
  const node = await openNode();
  const [slow, good] = [await node.enter({ mode }), await node.enter()];
  for (const { client } of [slow, good]) await client.request({ type: "subscribe", channel: "cursors" });
  slow.link.pause?.();
  for (let n = 0; n < MORE_THAN_A_KERNEL_HOLDS; n += 1) {
    await node.realtime.broadcaster.broadcast(cursors, { text: loud(n) });
    await good.client.nextEnvelope("cursors");
  }
  slow.link.resume?.();
  await slow.client.roundTrip();
  expect(good.client.envelopes()).toHaveLength(MORE_THAN_A_KERNEL_HOLDS);
  expect(slow.client.envelopes().length).toBeLessThan(MORE_THAN_A_KERNEL_HOLDS / 2);
  expect(node.observer.of("disconnected")).toEqual([]);
});

it.each(modes)(
  "brings a %s reader that lagged the latest of each key, in order, and closes no connection",
  async (mode) => {
    const node = await openNode();
    const [slow, good] = [await node.enter({ mode }), await node.enter()];
    for (const { client } of [slow, good]) await client.request({ type: "subscribe", channel: "prices" });
    slow.link.pause?.();
    for (let n = 0; n < MORE_THAN_A_KERNEL_HOLDS; n += 1) {
      await node.realtime.broadcaster.broadcast(prices, { key: `key ${n % 3}`, text: loud(n) });
      await good.client.nextEnvelope("prices");
    }
    slow.link.resume?.();
    const marks: number[] = [];
    while (marks.at(-1) !== MORE_THAN_A_KERNEL_HOLDS - 1) marks.push(markOf(await slow.client.nextEnvelope("prices")));
    expect(marks.length).toBeLessThan(MORE_THAN_A_KERNEL_HOLDS / 2);
    expect(marks.slice(-3)).toEqual([997, 998, 999]);
    expect(marks).toEqual([...marks].sort((one, other) => one - other));
    expect(node.observer.of("disconnected")).toEqual([]);
  },
);

it("takes back from a reader that lags what it has not been handed, once its access is revoked", async () => {
  const node = await openNode();
  const { client, link } = await node.enter({ mode: "polling", token: "mia" });
  await client.request({ type: "subscribe", channel: "lobby" });
  link.pause?.();
  for (let n = 0; n < 10; n += 1) {
    await node.realtime.broadcaster.broadcast(lobby, { text: loud(n) });
    await new Promise((resolve) => setImmediate(resolve));
  }
  await node.realtime.revoke({ userId: "mia", channel: lobby });
  link.resume?.();
  await client.next("left");
  expect(client.envelopes().length).toBeLessThan(10);
});

it("replaces nothing where a channel's key cannot be read, and still delivers", async () => {
  const node = await openNode();
  const broken = defineRealtimeChannel({
    name: "broken",
    scope: "public",
    payload: z.string(),
    overflow: {
      conflate: () => {
        throw new Error("no key");
      },
    },
  });
  node.realtime.registry.registerChannel(broken);
  const { client } = await node.enter();
  await client.request({ type: "subscribe", channel: "broken" });
  await node.realtime.broadcaster.broadcast(broken, "received");
  expect(await client.nextEnvelope("broken")).toMatchObject({ payload: "received" });
});

it("refuses a reply that is larger than half of what may wait, and keeps the connection", async () => {
  const node = await openNode({ limits: { maxBufferedBytes: 16 * KIB } });
  const { client } = await node.enter({ token: "mia" });
  await client.request({ type: "subscribe", channel: "lobby" });
  const reply = await client.request({ type: "message", channel: "lobby", payload: { text: loud("long") } });
  expect(reply).toMatchObject({ ok: false, error: { code: "REPLY_TOO_LARGE" } });
  await client.roundTrip();
});

it("cuts the TCP connection of a client that does not read, soon after", async () => {
  const node = await openNode();
  const accepted = once(node.httpServer, "connection");
  const { client, link } = await node.enter();
  const [server]: Socket[] = await accepted;
  await client.request({ type: "subscribe", channel: "lobby" });
  link.pause?.();
  const ended = once(server ?? node.httpServer, "close");
  while (node.observer.of("disconnected").length === 0) {
    await node.realtime.broadcaster.broadcast(lobby, { text: loud(0) });
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(node.observer.of("disconnected")).toMatchObject([{ reason: "SLOW_CONSUMER" }]);
  await ended; // with ws's own default it would take 30 s
});

it("ends a polling session that requests again without having read, rather than hold both responses", async () => {
  const { node, session, unread } = await openUnreadPoll();
  expect((await session.get()).status).toBe(400);
  expect(await node.observer.seen("disconnected")).toMatchObject({ reason: "SLOW_CONSUMER" });
  await unread.closed;
});

it("frees a response that is not read soon after its session has ended", async () => {
  const { session, unread } = await openUnreadPoll();
  await session.post("1"); // engine.io's CLOSE
  await unread.closed;
});

/** A polling client that has sent a request, and does not read the response, which is more than a kernel holds. */
async function openUnreadPoll() {
  const node = await openNode({ limits: { maxBufferedBytes: 64 * MIB, maxBroadcastBytes: 32 * MIB } });
  const session = await openPolling(node.origin);
  await session.post(`421["subscribe",{"channel":"lobby"}]`);
  await (await session.get()).text();
  await node.realtime.broadcaster.broadcast(lobby, { text: "x".repeat(24 * MIB) });
  return { node, session, unread: await pollUnread(node, session.sid) };
}

async function pollUnread({ origin, httpServer }: NodeUnderTest, sid: string) {
  const { hostname, port, host } = new URL(origin);
  const accepted = once(httpServer, "connection");
  const socket = connect(Number(port), hostname).on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  socket.write(`GET /socket.io/?EIO=4&transport=polling&sid=${sid} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  await once(socket, "readable"); // it has come, and is not read
  const [server]: Socket[] = await accepted;
  return { closed: new Promise<void>((resolve) => server?.once("close", () => resolve())) };
}
