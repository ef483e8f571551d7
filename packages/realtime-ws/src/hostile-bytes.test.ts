import { expect, it } from "vitest";
import { clientFrame, OPCODE } from "./testing/client-frame.js";
import type { RawPeer } from "./testing/raw-peer.js";
import { WsFixture } from "./testing/ws-fixture.js";

const HOUR_MS = 3_600_000;
const subscribe = JSON.stringify({ type: "subscribe", id: "1", channel: "board" });

async function enterRaw(fixture: WsFixture): Promise<RawPeer> {
  const peer = await fixture.upgrade();
  await peer.until(({ text }) => text.includes('"connected"'));
  return peer;
}

/** A valid operation, by a new client and by one that was connected before. */
async function expectOthersServed(fixture: WsFixture): Promise<void> {
  const client = await fixture.join();
  await fixture.broadcast("served");
  expect(await client.receives(1)).toEqual(["served"]);
}

it.each([
  ["a frame without a mask", clientFrame(subscribe, { isMasked: false }), 1002],
  ["reserved bit 1, compression that was not agreed upon", clientFrame(subscribe, { reserved: 4 }), 1002],
  ["reserved bits 2 and 3", clientFrame(subscribe, { reserved: 3 }), 1002],
  ["an unknown opcode", clientFrame(subscribe, { opcode: 3 }), 1002],
  ["an unknown control opcode", clientFrame("", { opcode: 11 }), 1002],
  ["a continuation of nothing", clientFrame(subscribe, { opcode: OPCODE.continuation }), 1002],
  ["a new message inside another", Buffer.concat([clientFrame("{", { isFinal: false }), clientFrame("}")]), 1002],
  ["a ping in two parts", clientFrame("a", { opcode: OPCODE.ping, isFinal: false }), 1002],
  ["a ping of 126 bytes", clientFrame("x".repeat(126), { opcode: OPCODE.ping }), 1002],
  ["a close of one byte", clientFrame("x", { opcode: OPCODE.close }), 1002],
  ["a close code that is none", clientFrame(Buffer.from([0x03, 0xec]), { opcode: OPCODE.close }), 1002],
  ["a close reason that is no UTF-8", clientFrame(Buffer.from([0x03, 0xe8, 0xff]), { opcode: OPCODE.close }), 1007],
  ["text that is no UTF-8", clientFrame(Buffer.from([0x22, 0xc0, 0xaf, 0x22])), 1007],
  ["a text that claims 64 KiB and a byte", clientFrame("", { claims: 65_537n }), 4510],
  ["a text that claims 2^40 bytes", clientFrame("", { claims: 2n ** 40n }), 4510],
  ["a text that claims 2^63 bytes", clientFrame("", { claims: 2n ** 63n }), 4510],
  ["bytes that claim 2^40", clientFrame("", { opcode: OPCODE.binary, claims: 2n ** 40n }), 4510],
])("closes on %s, and serves the others", async (_what, bytes, code) => {
  const fixture = await WsFixture.open();
  const peer = await enterRaw(fixture);
  peer.write(bytes);
  await peer.until(({ closeCode }) => closeCode !== undefined);
  expect(peer.closeCode).toBe(code);
  await fixture.observer.seen("disconnected");
  await expectOthersServed(fixture);
});

it("refuses a message that grows over the limit in parts", async () => {
  const fixture = await WsFixture.open();
  const peer = await enterRaw(fixture);
  peer.write(clientFrame("x".repeat(60_000), { isFinal: false }));
  peer.write(clientFrame("x".repeat(5_600), { opcode: OPCODE.continuation }));
  await peer.until(({ closeCode }) => closeCode !== undefined);
  expect(peer.closeCode).toBe(4510);
  expect((await fixture.observer.seen("disconnected")).reason).toBe("FRAME_TOO_LARGE");
});

it("closes on a flood of empty continuations", async () => {
  const fixture = await WsFixture.open();
  const peer = await enterRaw(fixture);
  const empty = clientFrame("", { opcode: OPCODE.continuation, isFinal: false });
  peer.write(Buffer.concat([clientFrame("", { isFinal: false }), ...Array.from({ length: 200 }, () => empty)]));
  await peer.until(({ closeCode }) => closeCode !== undefined);
  expect(peer.closeCode).toBe(1008);
  await expectOthersServed(fixture);
});

it("reads a frame that comes split at every byte", async () => {
  const fixture = await WsFixture.open();
  const peer = await enterRaw(fixture);
  for (const byte of clientFrame(subscribe)) {
    peer.write(Buffer.from([byte]));
    await new Promise(setImmediate);
  }
  await peer.until(({ text }) => text.includes('"reply"'));
  expect(peer.text).toContain('"ok":true');
});

it("reads a message in parts with a ping between them, and many messages in one write", async () => {
  const fixture = await WsFixture.open();
  const peer = await enterRaw(fixture);
  const [head, tail] = [subscribe.slice(0, 10), subscribe.slice(10)];
  peer.write(
    Buffer.concat([
      clientFrame(head, { isFinal: false }),
      clientFrame("now", { opcode: OPCODE.ping }),
      clientFrame(tail, { opcode: OPCODE.continuation }),
      ...["2", "3"].map((id) =>
        clientFrame(JSON.stringify({ type: "message", id, channel: "board", payload: { text: id } })),
      ),
    ]),
  );
  await peer.until(({ text }) => text.includes('"id":"3"'));
  expect(peer.text).toContain("\x8a\x03now");
  expect(peer.text.match(/"ok":true/g)).toHaveLength(3);
});

it("refuses bytes where a frame belongs, and stays open", async () => {
  const fixture = await WsFixture.open();
  const peer = await enterRaw(fixture);
  peer.write(clientFrame(Buffer.from(subscribe), { opcode: OPCODE.binary }));
  await peer.until(({ text }) => text.includes("FRAME_INVALID"));
  peer.write(clientFrame(subscribe));
  await peer.until(({ text }) => text.includes('"ok":true'));
});

it.each([
  ["pings", OPCODE.ping],
  ["pongs without a ping", OPCODE.pong],
])("closes on a flood of %s, and takes a few", async (_what, opcode) => {
  const fixture = await WsFixture.open();
  const peer = await enterRaw(fixture);
  const many = (count: number) => Buffer.concat(Array.from({ length: count }, () => clientFrame("", { opcode })));
  peer.write(many(100));
  peer.write(clientFrame(subscribe));
  await peer.until(({ text }) => text.includes('"ok":true'));
  peer.write(many(10_000));
  await peer.until(({ closeCode }) => closeCode !== undefined);
  expect(peer.closeCode).toBe(4530);
  await expectOthersServed(fixture);
});

it("counts pings and pongs from one heartbeat to the next, not for ever", async () => {
  const fixture = await WsFixture.open({ limits: { pongMs: HOUR_MS } });
  const peer = await enterRaw(fixture);
  peer.write(clientFrame(subscribe));
  for (let beat = 1; beat <= 3; beat += 1) {
    peer.write(Buffer.concat(Array.from({ length: 200 }, () => clientFrame("", { opcode: OPCODE.pong }))));
    peer.write(clientFrame(`beat ${beat}`, { opcode: OPCODE.ping }));
    await peer.until(({ text }) => text.includes(`beat ${beat}`));
    fixture.clock.advance(25_000);
  }
  expect(peer.hasEnded).toBe(false);
});

it("closes on a message that trickles in byte by byte, at the latest after some thousand", async () => {
  const fixture = await WsFixture.open();
  const peer = await enterRaw(fixture);
  peer.write(clientFrame("", { claims: 60_000n }));
  for (let n = 0; n < 50_000 && peer.closeCode === undefined; n += 1) {
    peer.write("x");
    await new Promise(setImmediate);
  }
  expect(peer.closeCode).toBe(1008);
});

it("survives a peer that is gone at any moment", async () => {
  const fixture = await WsFixture.open();
  for (const bytes of [
    clientFrame(subscribe).subarray(0, 7),
    clientFrame("x", { claims: 60_000n }),
    Buffer.from([0x88]),
  ]) {
    const peer = await enterRaw(fixture);
    peer.write(bytes);
    peer.close();
  }
  await expect.poll(() => fixture.observer.of("disconnected").length).toBe(3);
  await expectOthersServed(fixture);
});
