import { createServer } from "node:http";
import { expect, it } from "vitest";
import { clientFrame } from "./testing/client-frame.js";
import { RawPeer } from "./testing/raw-peer.js";
import { WsFixture } from "./testing/ws-fixture.js";

const PEERS = 2_000;
const BATCH = 200;

async function crowd(upgrade: () => Promise<RawPeer>): Promise<readonly RawPeer[]> {
  const peers: RawPeer[] = [];
  while (peers.length < PEERS) peers.push(...(await Promise.all(Array.from({ length: BATCH }, upgrade))));
  return peers;
}

it("closes with IDLE all 2 000 clients that upgrade and never send a frame", { timeout: 60_000 }, async () => {
  const fixture = await WsFixture.open({ limits: { pongMs: 60_000 } });
  const client = await fixture.join();
  const peers = await crowd(() => fixture.upgrade());
  await expect.poll(() => fixture.observer.of("connected").length).toBe(PEERS + 1);
  fixture.clock.advance(10_000);
  await Promise.all(peers.map((peer) => peer.until(({ closeCode }) => closeCode !== undefined)));
  expect(new Set(peers.map(({ closeCode }) => closeCode))).toEqual(new Set([4112]));
  fixture.clock.advance(2_000);
  await Promise.all(peers.map((peer) => peer.ended()));
  await fixture.broadcast("still here");
  expect(await client.receives(1)).toEqual(["still here"]);
});

it(
  "closes with HEARTBEAT_LOST, within 33 s, all 2 000 clients that sent once and are dead",
  { timeout: 60_000 },
  async () => {
    const fixture = await WsFixture.open();
    const hello = clientFrame(JSON.stringify({ type: "ping" }));
    const peers = await crowd(async () => {
      const peer = await fixture.upgrade();
      peer.write(hello);
      await peer.until(({ text }) => text.includes('"pong"'));
      return peer;
    });
    await fixture.clock.advanceAsync(33_000);
    await Promise.all(peers.map((peer) => peer.until(({ closeCode }) => closeCode !== undefined)));
    expect(new Set(peers.map(({ closeCode }) => closeCode))).toEqual(new Set([4111]));
    fixture.clock.advance(2_000);
    await Promise.all(peers.map((peer) => peer.ended()));
  },
);

it("leaves sockets that never finish their request to the HTTP server's own limit", async () => {
  const httpServer = createServer({ headersTimeout: 50, connectionsCheckingInterval: 10 });
  const fixture = await WsFixture.open({ httpServer });
  const [mute, slow] = [await RawPeer.connect(fixture.port), await RawPeer.connect(fixture.port)];
  slow.write("GET /realtime HTTP/1.1\r\nUpgrade: web");
  const client = await fixture.enter();
  await Promise.all([mute.ended(), slow.ended()]);
  expect(client.socket.readyState).toBe(client.socket.OPEN);
});
