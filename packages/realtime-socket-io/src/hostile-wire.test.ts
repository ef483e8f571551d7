import { describe, expect, it } from "vitest";
import { hostilePackets } from "./testing/hostile-packets.js";
import { openNode, type NodeUnderTest } from "./testing/node-under-test.js";
import { connectByPolling, openPolling } from "./testing/raw-polling.js";
import { RawWebSocket } from "./testing/raw-web-socket.js";

const CONNECT = "40";

/** The node is up, and a new client is served. */
async function expectServed({ enter }: NodeUnderTest): Promise<void> {
  const { client } = await enter({ token: "mia" });
  expect(await client.request({ type: "subscribe", channel: "lobby" })).toMatchObject({ ok: true });
}

async function connected(origin: string): Promise<RawWebSocket> {
  const socket = await RawWebSocket.connect(origin);
  await socket.received(/0\{"sid"/);
  socket.frame(CONNECT);
  await socket.received(/connected/);
  return socket;
}

describe("over a WebSocket by hand", () => {
  it.each(hostilePackets)("survives $name, refused or cut, and serves on", async ({ packets }) => {
    const node = await openNode();
    const socket = await connected(node.origin);
    for (const packet of packets)
      if (typeof packet === "string") socket.frame(`4${packet}`);
      else socket.frame(Buffer.from(packet), 0x82);
    await Promise.race([socket.received(/FRAME_INVALID|CHANNEL_UNKNOWN|"ok":true/), socket.closed]);
    await expectServed(node);
  });

  it.each([
    ["an engine.io packet of an unknown type", "x"],
    ["an engine.io OPEN from a client", "0{}"],
    ["a ping in the wrong direction", "2probe"],
    ["an engine.io CLOSE", "1"],
    ["an upgrade that was not begun", "5"],
    ["base64 that is none", "b!!!"],
    ["an empty frame", ""],
  ])("survives %s", async (_name, text) => {
    const node = await openNode();
    const socket = await connected(node.origin);
    socket.frame(text);
    await expectServed(node);
  });

  it.each([
    ["an unmasked frame", Buffer.from([0x81, 0x02, 0x34, 0x30])],
    ["a continuation of nothing", Buffer.from([0x80, 0x80, 0, 0, 0, 0])],
    ["reserved bits", Buffer.from([0xf1, 0x80, 0, 0, 0, 0])],
    ["a reserved opcode", Buffer.from([0x83, 0x80, 0, 0, 0, 0])],
    ["a length of 2^63", Buffer.from([0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255])],
    ["text that is no UTF-8", Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe])],
    ["a close frame of one byte", Buffer.from([0x88, 0x81, 0, 0, 0, 0, 1])],
    ["bytes that are no WebSocket", Buffer.from("GET / HTTP/1.1\r\n\r\n")],
  ])("survives %s: the connection is cut, the others are served", async (_name, bytes) => {
    const node = await openNode();
    const socket = await connected(node.origin);
    socket.write(bytes);
    await socket.closed;
    expect(await node.observer.seen("disconnected")).toMatchObject({ kind: "disconnected" });
    await expectServed(node);
  });

  it("cuts a frame over the limit, however many fragments it comes in, and reports it to the observer", async () => {
    const node = await openNode();
    const socket = await connected(node.origin);
    const part = Buffer.alloc(40_000, "x");
    socket.frame(part, 0x01);
    socket.frame(part, 0x80);
    await socket.closed;
    expect(await node.observer.seen("disconnected")).toMatchObject({ reason: "FRAME_TOO_LARGE" });
    await expectServed(node);
  });

  it("takes no frame before CONNECT", async () => {
    const node = await openNode();
    const socket = await RawWebSocket.connect(node.origin);
    await socket.received(/0\{"sid"/);
    socket.frame(`42["subscribe",{"channel":"lobby"}]`);
    await socket.closed;
    expect(node.observer.observations).toEqual([]);
  });

  it("allows one session per connection: a client that disconnects is cut", async () => {
    const node = await openNode();
    const socket = await connected(node.origin);
    socket.frame("41");
    socket.frame(CONNECT);
    await socket.closed;
    expect(node.observer.of("connected")).toHaveLength(1);
  });

  it.each([
    "EIO=3&transport=websocket",
    "transport=websocket",
    "EIO=4&transport=webtransport",
    "EIO=4&transport=__proto__",
  ])("refuses %s", async (query) => {
    const node = await openNode();
    const socket = await RawWebSocket.connect(node.origin, { query });
    await socket.closed;
    await expectServed(node);
  });
});

describe("over polling by hand", () => {
  it.each(hostilePackets)("survives $name, refused or cut, and serves on", async ({ packets }) => {
    const node = await openNode();
    const session = await openPolling(node.origin);
    const payload = packets.map((packet) =>
      typeof packet === "string" ? `4${packet}` : `b${Buffer.from(packet).toString("base64")}`,
    );
    await session.post(payload.join("\x1e"));
    await (await session.get()).text();
    await expectServed(node);
  });

  it("cuts a session whose request is too large, and reports it to the observer", async () => {
    const node = await openNode();
    const session = await openPolling(node.origin);
    const refused = await session.post(`42["message",{"channel":"lobby","payload":"${"x".repeat(70_000)}"}]`);
    expect(refused.status).toBe(413);
    expect(await node.observer.seen("disconnected")).toMatchObject({ reason: "FRAME_TOO_LARGE" });
    expect((await session.get()).status).toBe(400);
    await expectServed(node);
  });

  it("ends a session that polls twice at once, and continues to serve", async () => {
    const node = await openNode();
    const session = await openPolling(node.origin);
    const responses = await Promise.all([session.get(), session.get()]);
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 400]);
    await node.observer.seen("disconnected");
    await expectServed(node);
  });

  it.each(["PUT", "DELETE", "PATCH"])("survives the method %s", async (method) => {
    const node = await openNode();
    const { sid } = await openPolling(node.origin);
    await fetch(`${node.origin}/socket.io/?EIO=4&transport=polling&sid=${sid}`, { method });
    await fetch(`${node.origin}/socket.io/?EIO=4&transport=polling`, { method });
    await expectServed(node);
  });

  it("takes no bytes", async () => {
    const node = await openNode();
    const session = await openPolling(node.origin);
    expect((await session.post("42[]", { "content-type": "application/octet-stream" })).status).toBe(400);
    await expectServed(node);
  });

  it.each([
    "EIO=3&transport=polling",
    "EIO=4",
    "EIO=4&transport=polling&sid=unknown",
    "EIO=4&transport=websocket",
    "%",
    "",
  ])("refuses ?%s with 400", async (query) => {
    const node = await openNode();
    expect((await fetch(`${node.origin}/socket.io/?${query}`)).status).toBe(400);
    expect((await connectByPolling(node.origin)).status).toBe(200);
  });
});
