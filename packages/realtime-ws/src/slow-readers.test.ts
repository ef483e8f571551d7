import { expect, it } from "vitest";
import { clientFrame } from "./testing/client-frame.js";
import type { RawPeer } from "./testing/raw-peer.js";
import { WsFixture } from "./testing/ws-fixture.js";

const MIB = 1024 ** 2;
const LOUD = "x".repeat(64 * 1024);
const LIMITS = { maxBufferedBytes: MIB, messagesPerSecond: 1_000_000, framesPerSecond: 1_000_000 };

async function joinAndStall(stage: WsFixture): Promise<RawPeer> {
  const peer = await stage.upgrade();
  peer.write(clientFrame(JSON.stringify({ type: "subscribe", id: "1", channel: "board" })));
  await peer.until(({ text }) => text.includes('"ok":true'));
  peer.stopReading();
  return peer;
}

it("closes who does not read, and serves the others all of it", async () => {
  const stage = await WsFixture.open({ limits: LIMITS });
  const good = await stage.join();
  for (let n = 0; n < 8; n += 1) await joinAndStall(stage);
  let spoken = 0;
  for (; stage.observer.of("disconnected").length < 8; spoken += 1) {
    await stage.say(`${LOUD}${spoken}`);
    await good.receives(spoken + 1);
    expect(spoken).toBeLessThan(2_000);
  }
  expect(stage.observer.of("disconnected").map(({ reason }) => reason)).toEqual(Array(8).fill("SLOW_CONSUMER"));
  expect(good.received.map((words) => String(words).slice(LOUD.length))).toEqual(Array.from({ length: spoken }, (_, n) => `${n}`)); // prettier-ignore
  stage.clock.advance(2_000);
});

it("drops a stalled reader within its grace although nothing can be flushed", async () => {
  const stage = await WsFixture.open({ limits: LIMITS });
  const good = await stage.join();
  await joinAndStall(stage);
  for (let n = 1; stage.observer.of("disconnected").length === 0; n += 1) {
    await stage.say(LOUD);
    await good.receives(n);
  }
  stage.clock.advance(2_000);
  good.socket.close();
  await good.closed;
  await stage.transport.close(); // resolves once every socket is gone
});
