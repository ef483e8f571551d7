import { DEFAULT_LIMITS } from "@repo/core-realtime/server";
import { expect, it, onTestFinished, vi } from "vitest";
import { GuardedEngine } from "./guarded-engine.js";
import { openNode } from "./testing/node-under-test.js";
import { connectByPolling, openPolling } from "./testing/raw-polling.js";
import { RawWebSocket } from "./testing/raw-web-socket.js";

const quick = { limits: { pingMs: 300, pongMs: 300 } };

it("sends engine.io's client the interval of pings, by the limits", async () => {
  const { origin } = await openNode();
  expect(await (await connectByPolling(origin)).text()).toContain(`"pingInterval":25000,"pingTimeout":8000`);
});

it("cuts a WebSocket that replies to no ping, its TCP connection too, though it never replies to a close either", async () => {
  const { origin, observer } = await openNode(quick);
  const socket = await RawWebSocket.connect(origin);
  await socket.received(/0\{"sid"/);
  socket.frame("40");
  await socket.received(/connected/);
  expect(await observer.seen("disconnected")).toMatchObject({ reason: "HEARTBEAT_LOST" });
  await socket.closed; // with ws's own default it would take 30 s
});

it("cuts a polling session that polls no more", async () => {
  const { origin, observer } = await openNode(quick);
  await openPolling(origin);
  expect(await observer.seen("disconnected")).toMatchObject({ reason: "HEARTBEAT_LOST" });
});

it("keeps a client that replies", async () => {
  const { origin, observer } = await openNode({ limits: { pingMs: 50, pongMs: 10_000 } });
  const socket = await RawWebSocket.connect(origin);
  await socket.received(/0\{"sid"/);
  socket.frame("40");
  await socket.received(/connected/);
  for (let pings = 1; pings <= 40; pings += 1) {
    await socket.received(new RegExp(`(?:\\x81\\x012[^]*?){${pings}}`));
    socket.frame("3");
  }
  expect(observer.of("disconnected")).toEqual([]);
});

it("cuts a WebSocket that sends no CONNECT within 10 s", async () => {
  const { origin } = await openNode();
  holdTimers();
  const socket = await RawWebSocket.connect(origin);
  await socket.received(/0\{"sid"/);
  await vi.advanceTimersByTimeAsync(10_000);
  await vi.advanceTimersByTimeAsync(1_000); // it replies to no close frame
  await socket.closed;
});

it("ends a polling session that sends no CONNECT within 10 s", async () => {
  const { origin } = await openNode();
  holdTimers();
  const { sid } = JSON.parse((await (await connectByPolling(origin)).text()).slice(1));
  await vi.advanceTimersByTimeAsync(10_000);
  const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling&sid=${sid}`);
  expect(response.status).toBe(400); // nothing of it is kept for a last poll
});

it("gives a change of transport 10 s", () => {
  expect(new GuardedEngine(DEFAULT_LIMITS, ["polling", "websocket"]).opts.upgradeTimeout).toBe(10_000); // engine.io takes its timers from where no test can hold them
});

function holdTimers(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
}
