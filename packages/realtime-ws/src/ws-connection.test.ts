import { RealtimeError } from "@repo/core-realtime";
import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { clientFrame } from "./testing/client-frame.js";
import { WsFixture } from "./testing/ws-fixture.js";
import { WsConnection } from "./ws-connection.js";

const LOUD = "x".repeat(64 * 1024);
const HUGE = 100 * 1024 * 1024;
const CLOSE_NORMALLY = clientFrame(Buffer.from([0x03, 0xe8]), { opcode: 8 });

it("keeps messages, its own pings and the farewell in the order they were said", async () => {
  const stage = await WsFixture.open({ limits: { pongMs: 60_000 } });
  const visitor = await stage.join();
  const told: string[] = [];
  visitor.socket.on("ping", () => told.push("ping"));
  visitor.socket.on("message", (data) => told.push(JSON.parse(String(data)).type ?? "message"));
  await stage.say("before");
  stage.clock.advance(25_000);
  await stage.say("after");
  await stage.realtime.revoke({ channel: "board" });
  await stage.say("to nobody");
  void stage.realtime.close({ drainMs: 1 });
  expect(await visitor.closed).toBe(4100);
  expect(told).toEqual(["message", "ping", "message", "left", "draining", "close"]);
});

it("answers a ping of the peer with its payload, within the turn", async () => {
  const stage = await WsFixture.open();
  const peer = await stage.upgrade();
  peer.write(Buffer.concat([clientFrame("one", { opcode: 9 }), clientFrame("two", { opcode: 9 })]));
  await peer.until(({ text }) => text.includes("\x8a\x03one\x8a\x03two"));
});

it("closes with the frame, then the code and its name, and waits two seconds for the answer", async () => {
  const stage = await WsFixture.open();
  const peer = await stage.upgrade();
  await stage.observer.seen("connected");
  const expelled = stage.realtime.close({ drainMs: 1 });
  await peer.until(({ closeCode }) => closeCode !== undefined);
  expect(peer.text).toContain('"type":"close","closeCode":4100,"error":{"code":"DRAINING"');
  expect(peer.text.endsWith("\x88\x0a\x10\x04DRAINING")).toBe(true);
  expect((await stage.observer.seen("disconnected")).reason).toBe("DRAINING");
  await stage.clock.advanceAsync(1_999);
  expect(peer.hasEnded).toBe(false);
  stage.clock.advance(1);
  await peer.ended();
  await expelled;
});

it("answers a peer's goodbye, and says first what was on its way", async () => {
  const stage = await WsFixture.open();
  const peer = await stage.upgrade();
  await stage.observer.seen("connected");
  peer.write(Buffer.concat([clientFrame(JSON.stringify({ type: "ping" })), CLOSE_NORMALLY]));
  await peer.ended();
  expect(peer.closeCode).toBe(1000);
  expect(peer.text).toMatch(/"type":"pong"\}\x88/);
  expect((await stage.observer.seen("disconnected")).reason).toBe("client left (1000)");
});

it("does not wait long for a peer that says goodbye and stays", async () => {
  const stage = await WsFixture.open();
  const peer = await stage.upgrade();
  await stage.observer.seen("connected");
  peer.stopReading();
  peer.write(CLOSE_NORMALLY);
  await stage.observer.seen("disconnected");
  stage.clock.advance(2_000);
  await stage.transport.close(); // resolves once every socket is gone
});

it("closes with HEARTBEAT_LOST who answers no ping, and keeps who does", async () => {
  const stage = await WsFixture.open();
  const [mute, visitor] = [await stage.upgrade(), await stage.join()];
  mute.write(clientFrame(JSON.stringify({ type: "ping" })));
  await mute.until(({ text }) => text.includes('"pong"'));
  for (let second = 0; second < 33; second += 1) {
    stage.clock.advance(1_000);
    await visitor.roundTrip(); // by then it has read the transport's own ping too
  }
  await mute.until(({ closeCode }) => closeCode !== undefined);
  expect(mute.closeCode).toBe(4111);
  await stage.say("still here");
  expect(await visitor.receives(1)).toEqual(["still here"]);
});

it("takes a reader that lags for alive as long as it takes something", async () => {
  const stage = await WsFixture.open({ limits: { maxBufferedBytes: HUGE } });
  const visitor = await stage.join({ autoPong: false });
  visitor.socket.pause();
  for (let n = 0; n < 200; n += 1) {
    await stage.say(LOUD);
    await turnOfTheLoop();
  }
  const [connection] = stage.connections;
  while (connection instanceof WsConnection && connection.hasAnswered) stage.clock.advance(1_000); // until it is pinged
  visitor.socket.resume();
  await visitor.receives(200);
  stage.clock.advance(8_000); // it answered no ping, but it read
  await stage.say("alive");
  expect((await visitor.receives(201)).at(-1)).toBe("alive");
  stage.clock.advance(25_000 + 8_000);
  expect(await visitor.closed).toBe(4111);
});

it("takes back what waits for a reader that lags when it leaves the channel", async () => {
  const stage = await WsFixture.open({ limits: { maxBufferedBytes: HUGE } });
  const visitor = await stage.join();
  visitor.socket.pause();
  for (let n = 0; n < 300; n += 1) {
    await stage.say(LOUD);
    await turnOfTheLoop();
  }
  await stage.realtime.revoke({ channel: "board" });
  visitor.socket.resume();
  await visitor.frame("left");
  expect(visitor.received.length).toBeLessThan(300);
});

it("is forgotten by all once it is over", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const stage = await WsFixture.open({ isObserved: false }); // the observer would remember it
  const visitor = await stage.join();
  await stage.say("hello");
  await visitor.receives(1);
  const connection = new WeakRef(stage.connections.pop() as object);
  visitor.socket.close();
  await visitor.closed;
  await expect.poll(() => (collect(), connection.deref())).toBeUndefined();
});

it("notices a cut line at once", async () => {
  const stage = await WsFixture.open();
  const peer = await stage.upgrade();
  await stage.observer.seen("connected");
  peer.close();
  expect((await stage.observer.seen("disconnected")).reason).toBe("connection lost");
});

it("takes anything after the end without a throw, and sends no more", async () => {
  const stage = await WsFixture.open();
  const visitor = await stage.join();
  const [connection] = stage.connections;
  connection?.close(new RealtimeError("EXPELLED"));
  connection?.close(new RealtimeError("INTERNAL_ERROR"));
  connection?.send({ type: "pong" });
  connection?.drop("board");
  expect(await visitor.closed).toBe(4521);
  connection?.send({ type: "pong" });
  expect(visitor.frames.map(({ type }) => type)).toEqual(["connected", "reply", "close"]);
  expect(stage.departures).toEqual(["EXPELLED"]);
});

it("closes with 4190 where an error has no close code of its own", async () => {
  const stage = await WsFixture.open();
  const visitor = await stage.join();
  stage.connections[0]?.close(new RealtimeError("RATE_LIMITED"));
  expect(await visitor.closed).toBe(4190);
});
