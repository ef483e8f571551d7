import { io } from "socket.io-client";
import { expect, it, onTestFinished } from "vitest";
import { lobby, openNode } from "./testing/node-under-test.js";
import { RawWebSocket } from "./testing/raw-web-socket.js";

async function openClient(origin: string, options: Parameters<typeof io>[1] = {}) {
  const client = io(origin, { forceNew: true, transports: ["websocket"], reconnection: false, ...options });
  onTestFinished(() => void client.disconnect());
  const next = async (event: string) => new Promise<unknown>((resolve) => client.once(event, resolve));
  return { client, next };
}

it("names each event after the frame's type, with the whole frame as its argument", async () => {
  const { origin, realtime } = await openNode();
  const { client, next } = await openClient(origin, { auth: { token: "mia" } });
  expect(await next("connected")).toMatchObject({ type: "connected", userId: "mia", connectionId: client.id });
  await client.emitWithAck("subscribe", { channel: "lobby" });
  const received = next("m");
  await realtime.broadcaster.broadcast(lobby, { text: "hi" });
  expect(await received).toMatchObject({ m: expect.any(Number), p: { text: "hi" } });
});

it("replies by acknowledgement where the client requests one, and needs no id then", async () => {
  const { origin } = await openNode();
  const { client } = await openClient(origin, { auth: { token: "mia" } });
  expect(await client.emitWithAck("subscribe", { channel: "lobby" })).toEqual({
    type: "reply",
    ok: true,
    result: { channel: "lobby", number: expect.any(Number) },
  });
  expect(await client.emitWithAck("message", { channel: "lobby", payload: { text: "x" } })).toMatchObject({
    ok: true,
    result: { received: "x", from: "mia" },
  });
  expect(await client.emitWithAck("subscribe", { channel: "nowhere" })).toMatchObject({
    ok: false,
    error: { code: "CHANNEL_UNKNOWN" },
  });
});

it("replies by the event reply where the frame has an id, and by error where it has neither", async () => {
  const { origin } = await openNode();
  const { client, next } = await openClient(origin);
  const reply = next("reply");
  client.emit("subscribe", { id: "1", channel: "lobby" });
  expect(await reply).toMatchObject({ id: "1", ok: true });
  const error = next("error"); // no emitter of Socket.IO's client treats that name otherwise
  client.emit("subscribe", { channel: "nowhere" });
  expect(await error).toMatchObject({ type: "error", error: { code: "CHANNEL_UNKNOWN" } });
});

it("harms no client without any listener, error included", async () => {
  const { origin } = await openNode();
  const { client } = await openClient(origin);
  client.emit("subscribe", { channel: "nowhere" });
  expect(await client.emitWithAck("subscribe", { channel: "lobby" })).toMatchObject({ ok: true });
});

it("lets the event's name win over a type in the body", async () => {
  const { origin } = await openNode();
  const { client } = await openClient(origin);
  const frame = { type: "shutdown", channel: "lobby" };
  expect(await client.emitWithAck("subscribe", frame)).toMatchObject({ ok: true });
});

it("pongs to an event ping without a body", async () => {
  const { origin } = await openNode();
  const { client, next } = await openClient(origin);
  const pong = next("pong");
  client.emit("ping");
  expect(await pong).toEqual({ type: "pong" });
});

it.each([{ token: 7 }, { token: { userId: "mia" } }, { token: null }, {}])("takes %j for no token", async (auth) => {
  const { origin } = await openNode();
  const { next } = await openClient(origin, { auth });
  expect(await next("connected")).toMatchObject({ userId: null });
});

it("makes Socket.IO's client stay away with 45xx: it does not come back by itself", async () => {
  const { origin, observer } = await openNode();
  const { client, next } = await openClient(origin, {
    auth: { token: "stolen" },
    reconnection: true,
    reconnectionDelay: 1,
  });
  const [close, reason] = await Promise.all([next("close"), next("disconnect")]);
  expect(close).toMatchObject({ closeCode: 4501, error: { code: "UNAUTHENTICATED" } });
  expect(reason).toBe("io server disconnect");
  expect(client.active).toBe(false);
  expect(observer.of("disconnected")).toHaveLength(1);
});

it("lets Socket.IO's client come back by itself after 41xx", async () => {
  const { origin, realtime } = await openNode();
  const { client, next } = await openClient(origin, { auth: { token: "mia" }, reconnection: true });
  await next("connected");
  const [close, reason] = await Promise.all([next("close"), next("disconnect"), realtime.close({ drainMs: 1 })]);
  expect(close).toMatchObject({ closeCode: 4100 });
  expect(reason).toBe("transport close");
  expect(client.active).toBe(true);
});

it("keeps no state for Socket.IO's own recovery: a client that comes back is a new one with other ids", async () => {
  const { origin } = await openNode();
  const { client, next } = await openClient(origin, {
    auth: { token: "mia" },
    reconnection: true,
    reconnectionDelay: 1,
  });
  await next("connected");
  const { id } = client;
  client.io.engine.close();
  await next("connected");
  expect(client.recovered ?? false).toBe(false);
  expect(client.id).not.toBe(id);
});

it("serves no copy of the client", async () => {
  const { origin } = await openNode();
  const response = await fetch(`${origin}/socket.io/socket.io.js`);
  expect([response.status, await response.text()]).toEqual([404, "not ours"]);
});

it("replies under an acknowledgement's id of 16 digits", async () => {
  const { origin } = await openNode();
  const socket = await RawWebSocket.connect(origin);
  await socket.received(/0\{"sid"/);
  socket.frame("40");
  await socket.received(/connected/);
  socket.frame(`42${Number.MAX_SAFE_INTEGER}["subscribe",{"channel":"lobby"}]`);
  await socket.received(/439007199254740991\[\{"type":"reply","ok":true/);
});
