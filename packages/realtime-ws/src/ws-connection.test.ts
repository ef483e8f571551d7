import { RealtimeError } from "@repo/core-realtime";
import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { clientFrame, OPCODE } from "./testing/client-frame.js";
import { WsFixture } from "./testing/ws-fixture.js";
import { WsConnection } from "./ws-connection.js";

const LOUD = "x".repeat(64 * 1024);
const HUGE = 100 * 1024 * 1024;
const CLOSE_NORMALLY = clientFrame(Buffer.from([0x03, 0xe8]), { opcode: OPCODE.close });

it("keeps messages, its own pings and the close frame in the order they were sent", async () => {
  const fixture = await WsFixture.open({ limits: { pongMs: 60_000 } });
  const client = await fixture.join();
  const received: string[] = [];
  client.socket.on("ping", () => received.push("ping"));
  client.socket.on("message", (data) => received.push(JSON.parse(String(data)).type ?? "message"));
  await fixture.broadcast("before");
  fixture.clock.advance(25_000);
  await fixture.broadcast("after");
  await fixture.realtime.revoke({ channel: "board" });
  await fixture.broadcast("without readers");
  void fixture.realtime.close({ drainMs: 1 });
  expect(await client.closed).toBe(4100);
  expect(received).toEqual(["message", "ping", "message", "left", "draining", "close"]);
});

it("replies to a ping of the peer with its payload, within the turn", async () => {
  const fixture = await WsFixture.open();
  const peer = await fixture.upgrade();
  peer.write(Buffer.concat([clientFrame("one", { opcode: OPCODE.ping }), clientFrame("two", { opcode: OPCODE.ping })]));
  await peer.until(({ text }) => text.includes("\x8a\x03one\x8a\x03two"));
});

it.each([
  ["pongs", OPCODE.pong],
  ["pings", OPCODE.ping],
])(
  "closes a peer with ABUSE that sends 251 %s between two heartbeats, with the time at which it may come back",
  async (_, opcode) => {
    const fixture = await WsFixture.open();
    const peer = await fixture.upgrade();
    const frames = (count: number) => Buffer.concat(Array.from({ length: count }, () => clientFrame("", { opcode })));
    const isHeard = ({ text }: { readonly text: string }) => text.includes(`"type":"pong"`);
    peer.write(Buffer.concat([frames(250), clientFrame(JSON.stringify({ type: "ping" }))]));
    await peer.until(isHeard); // 250 are taken
    expect(peer.closeCode).toBeUndefined();
    peer.write(frames(1));
    await peer.until(({ closeCode }) => closeCode === 4530);
    expect(peer.text).toMatch(/"closeCode":4530,"error":\{"code":"ABUSE"[^}]*"retryAfterMs":10000/);
    expect((await fixture.observer.seen("disconnected")).reason).toBe("ABUSE");
  },
);

it("closes with the frame, then the code and its name, and waits two seconds for the peer's Close", async () => {
  const fixture = await WsFixture.open();
  const peer = await fixture.upgrade();
  await fixture.observer.seen("connected");
  const expelled = fixture.realtime.close({ drainMs: 1 });
  await peer.until(({ closeCode }) => closeCode !== undefined);
  expect(peer.text).toContain('"type":"close","closeCode":4100,"error":{"code":"DRAINING"');
  expect(peer.text.endsWith("\x88\x0a\x10\x04DRAINING")).toBe(true);
  expect((await fixture.observer.seen("disconnected")).reason).toBe("DRAINING");
  await fixture.clock.advanceAsync(1_999);
  expect(peer.hasEnded).toBe(false);
  fixture.clock.advance(1);
  await peer.ended();
  await expelled;
});

it("replies to a peer's close frame, and sends first what was on its way", async () => {
  const fixture = await WsFixture.open();
  const peer = await fixture.upgrade();
  await fixture.observer.seen("connected");
  peer.write(Buffer.concat([clientFrame(JSON.stringify({ type: "ping" })), CLOSE_NORMALLY]));
  await peer.ended();
  expect(peer.closeCode).toBe(1000);
  expect(peer.text).toMatch(/"type":"pong"\}\x88/);
  expect((await fixture.observer.seen("disconnected")).reason).toBe("client left (1000)");
});

it("does not wait long for a peer that sends a close frame and stays", async () => {
  const fixture = await WsFixture.open();
  const peer = await fixture.upgrade();
  await fixture.observer.seen("connected");
  peer.stopReading();
  peer.write(CLOSE_NORMALLY);
  await fixture.observer.seen("disconnected");
  fixture.clock.advance(2_000);
  await fixture.transport.close(); // resolves once every socket is gone
});

it("closes with HEARTBEAT_LOST a client that replies to no ping, and keeps one that does", async () => {
  const fixture = await WsFixture.open();
  const [mute, client] = [await fixture.upgrade(), await fixture.join()];
  mute.write(clientFrame(JSON.stringify({ type: "ping" })));
  await mute.until(({ text }) => text.includes('"pong"'));
  for (let second = 0; second < 33; second += 1) {
    fixture.clock.advance(1_000);
    await client.roundTrip(); // by then it has read the transport's own ping too
  }
  await mute.until(({ closeCode }) => closeCode !== undefined);
  expect(mute.closeCode).toBe(4111);
  await fixture.broadcast("still here");
  expect(await client.receives(1)).toEqual(["still here"]);
});

it("takes a reader that lags for alive as long as it takes something", async () => {
  const fixture = await WsFixture.open({ limits: { maxBufferedBytes: HUGE } });
  const client = await fixture.join({ autoPong: false });
  client.socket.pause();
  for (let n = 0; n < 200; n += 1) {
    await fixture.broadcast(LOUD);
    await turnOfTheLoop();
  }
  const [connection] = fixture.connections;
  while (connection instanceof WsConnection && connection.silentSince === undefined) fixture.clock.advance(1_000); // until it is pinged
  client.socket.resume();
  await client.receives(200);
  fixture.clock.advance(8_000); // it replied to no ping, but it read
  await fixture.broadcast("alive");
  expect((await client.receives(201)).at(-1)).toBe("alive");
  fixture.clock.advance(25_000 + 8_000);
  expect(await client.closed).toBe(4111);
});

it("takes back what waits for a reader that lags when it leaves the channel", async () => {
  const fixture = await WsFixture.open({ limits: { maxBufferedBytes: HUGE } });
  const client = await fixture.join();
  client.socket.pause();
  for (let n = 0; n < 300; n += 1) {
    await fixture.broadcast(LOUD);
    await turnOfTheLoop();
  }
  await fixture.realtime.revoke({ channel: "board" });
  client.socket.resume();
  await client.frame("left");
  expect(client.received.length).toBeLessThan(300);
});

it("is forgotten by all once it is over", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const fixture = await WsFixture.open({ isObserved: false }); // the observer would remember it
  const client = await fixture.join();
  await fixture.broadcast("hello");
  await client.receives(1);
  const connection = new WeakRef(fixture.connections.pop() as object);
  client.socket.close();
  await client.closed;
  await expect.poll(() => (collect(), connection.deref())).toBeUndefined();
});

it("notices a cut connection at once", async () => {
  const fixture = await WsFixture.open();
  const peer = await fixture.upgrade();
  await fixture.observer.seen("connected");
  peer.close();
  expect((await fixture.observer.seen("disconnected")).reason).toBe("connection lost");
});

it("takes anything after the end without a throw, and sends no more", async () => {
  const fixture = await WsFixture.open();
  const client = await fixture.join();
  const [connection] = fixture.connections;
  connection?.close(new RealtimeError("EXPELLED"));
  connection?.close(new RealtimeError("INTERNAL_ERROR"));
  connection?.send({ type: "pong" });
  connection?.drop("board");
  expect(await client.closed).toBe(4521);
  connection?.send({ type: "pong" });
  expect(client.frames.map(({ type }) => type)).toEqual(["connected", "reply", "close"]);
  expect(fixture.departures).toEqual(["EXPELLED"]);
});

it("closes with 4190 where an error has no close code of its own", async () => {
  const fixture = await WsFixture.open();
  const client = await fixture.join();
  fixture.connections[0]?.close(new RealtimeError("RATE_LIMITED"));
  expect(await client.closed).toBe(4190);
});
