import { expect, it } from "vitest";
import { clientFrame } from "./testing/client-frame.js";
import type { RawPeer } from "./testing/raw-peer.js";
import { WsFixture } from "./testing/ws-fixture.js";

const MIB = 1024 ** 2;
const LOUD = "x".repeat(64 * 1024);
const LIMITS = { maxBufferedBytes: MIB, messagesPerSecond: 1_000_000, framesPerSecond: 1_000_000 };

async function joinAndStall(fixture: WsFixture): Promise<RawPeer> {
  const peer = await fixture.upgrade();
  peer.write(clientFrame(JSON.stringify({ type: "subscribe", id: "1", channel: "board" })));
  await peer.until(({ text }) => text.includes('"ok":true'));
  peer.stopReading();
  return peer;
}

it("closes a client that does not read, and serves the others completely", async () => {
  const fixture = await WsFixture.open({ limits: LIMITS });
  const good = await fixture.join();
  for (let n = 0; n < 8; n += 1) await joinAndStall(fixture);
  let sent = 0;
  for (; fixture.observer.of("disconnected").length < 8; sent += 1) {
    await fixture.broadcast(`${LOUD}${sent}`);
    await good.receives(sent + 1);
    expect(sent).toBeLessThan(2_000);
  }
  expect(fixture.observer.of("disconnected").map(({ reason }) => reason)).toEqual(Array(8).fill("SLOW_CONSUMER"));
  expect(good.received.map((text) => String(text).slice(LOUD.length))).toEqual(Array.from({ length: sent }, (_, n) => `${n}`)); // prettier-ignore
  fixture.clock.advance(2_000);
});

it("drops a stalled reader within its grace although nothing can be flushed", async () => {
  const fixture = await WsFixture.open({ limits: LIMITS });
  const good = await fixture.join();
  await joinAndStall(fixture);
  for (let n = 1; fixture.observer.of("disconnected").length === 0; n += 1) {
    await fixture.broadcast(LOUD);
    await good.receives(n);
  }
  fixture.clock.advance(2_000);
  good.socket.close();
  await good.closed;
  await fixture.transport.close(); // resolves once every socket is gone
});
