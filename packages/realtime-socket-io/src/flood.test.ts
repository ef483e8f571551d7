import { expect, it, onTestFinished, vi } from "vitest";
import { FrameDecoder } from "./frame-decoder.js";
import { openNode, type NodeUnderTest } from "./testing/node-under-test.js";
import { connectByPolling } from "./testing/raw-polling.js";
import { maskedFrame, RawWebSocket } from "./testing/raw-web-socket.js";

const FLOOD = 5_000;
const CONNECT = "40";
const PATIENCE = { timeout: 20_000 };

/** A node that counts gate 1, and a client that is there before. */
async function openCounting() {
  let authentications = 0;
  const authenticator = { authenticate: () => ((authentications += 1), null) };
  const node = await openNode({ authenticator });
  const { client } = await node.enter();
  await client.request({ type: "subscribe", channel: "lobby" });
  return { node, client, authenticationsSince: () => authentications - 1 };
}

async function sidOf({ origin }: NodeUnderTest): Promise<string> {
  const { sid } = JSON.parse((await (await connectByPolling(origin)).text()).slice(1)) as { readonly sid: string };
  return sid;
}

const urlOf = ({ origin }: NodeUnderTest, sid: string) => `${origin}/socket.io/?EIO=4&transport=polling&sid=${sid}`;

it("ends a polling session that posts 5 000 CONNECTs at once, after one gate 1 at most", PATIENCE, async () => {
  const { node, client, authenticationsSince } = await openCounting();
  const sid = await sidOf(node);
  const body = Array.from({ length: FLOOD }, () => CONNECT).join("\x1e");
  await fetch(urlOf(node, sid), { method: "POST", body }).catch(() => undefined); // cut, or with a response
  expect((await fetch(urlOf(node, sid))).status).toBe(400); // the session is gone
  expect(await client.request({ type: "message", channel: "lobby", payload: { text: "hi" } })).toMatchObject({
    ok: true,
  });
  expect(authenticationsSince()).toBeLessThanOrEqual(1);
});

it("ends a WebSocket that writes 5 000 CONNECTs at once, after one gate 1 at most", PATIENCE, async () => {
  const { node, client, authenticationsSince } = await openCounting();
  const socket = await RawWebSocket.connect(node.origin);
  await socket.received(/0\{"sid"/);
  socket.write(Buffer.concat(Array.from({ length: FLOOD }, () => maskedFrame(CONNECT))));
  await socket.closed;
  expect(await client.request({ type: "message", channel: "lobby", payload: { text: "hi" } })).toMatchObject({
    ok: true,
  });
  expect(authenticationsSince()).toBeLessThanOrEqual(1);
});

it(
  "closes with ABUSE on a second CONNECT once the first is through, with the time at which the client may come back",
  PATIENCE,
  async () => {
    const { node } = await openCounting();
    const socket = await RawWebSocket.connect(node.origin);
    await socket.received(/0\{"sid"/);
    socket.frame(CONNECT);
    await socket.received(/connected/);
    socket.frame(CONNECT);
    await socket.received(/"closeCode":4530,"error":\{"code":"ABUSE"[^}]*"retryAfterMs":10000/);
    await socket.closed;
    expect(await node.observer.seen("disconnected")).toMatchObject({ reason: "ABUSE" });
  },
);

it(
  "closes a connection that sends 5 000 packets at once with ABUSE, and the time at which it may come back",
  PATIENCE,
  async () => {
    const { node } = await openCounting();
    const socket = await RawWebSocket.connect(node.origin);
    await socket.received(/0\{"sid"/);
    socket.frame(CONNECT);
    await socket.received(/connected/);
    socket.write(Buffer.concat(Array.from({ length: FLOOD }, () => maskedFrame("3"))));
    await socket.received(/"closeCode":4530,"error":\{"code":"ABUSE"[^}]*"retryAfterMs":10000/);
  },
);

it.each([
  ["pongs", "3"],
  ["noops", "6"],
  ["events", `42["unsubscribe"]`],
  ["nonsense", "4x"],
])(
  "ends a connection that sends 5 000 %s at once, over polling and over WebSocket",
  PATIENCE,
  async (_what, packet) => {
    const { node, client } = await openCounting();
    const sid = await sidOf(node);
    await fetch(urlOf(node, sid), { method: "POST", body: CONNECT });
    await (await fetch(urlOf(node, sid))).text();
    const body = Array.from({ length: FLOOD }, () => packet)
      .join("\x1e")
      .slice(0, 60_000);
    await fetch(urlOf(node, sid), { method: "POST", body }).catch(() => undefined);
    await node.observer.seen("disconnected");
    const socket = await RawWebSocket.connect(node.origin);
    await socket.received(/0\{"sid"/);
    socket.frame(CONNECT);
    await socket.received(/connected/);
    socket.write(Buffer.concat(Array.from({ length: FLOOD }, () => maskedFrame(packet))));
    await socket.closed;
    expect(await client.request({ type: "message", channel: "lobby", payload: { text: "hi" } })).toMatchObject({
      ok: true,
    });
  },
);

it("decodes nothing more of a connection that it is closing", PATIENCE, async () => {
  const decode = vi.spyOn(FrameDecoder.prototype, "add");
  onTestFinished(() => decode.mockRestore());
  const { node } = await openCounting();
  const socket = await RawWebSocket.connect(node.origin);
  await socket.received(/0\{"sid"/);
  socket.frame(CONNECT);
  await socket.received(/connected/);
  decode.mockClear();
  socket.write(Buffer.concat(Array.from({ length: FLOOD }, () => maskedFrame("42[]"))));
  await socket.closed;
  expect(decode.mock.calls.length).toBeLessThanOrEqual(2_000);
});
