import { expect, it } from "vitest";
import { WsFixture } from "./testing/ws-fixture.js";

const BASE64URL_MIA = Buffer.from("mia").toString("base64url");

it("closes the WebSocket of a foreign page with the code, twenty at once, and refuses the upgrades of more with 403", async () => {
  const fixture = await WsFixture.open();
  const foreign = { headers: { Origin: "https://evil.example" } };
  for (let n = 0; n < 20; n += 1) {
    const peer = await fixture.upgrade(foreign);
    await peer.until(({ closeCode }) => closeCode === 4503);
    expect(peer.text).toContain(`"code":"ORIGIN_REFUSED"`);
  }
  expect(fixture.connections).toEqual([]);
  const peer = await fixture.upgrade(foreign);
  await peer.ended();
  expect(peer.text).toMatch(/^HTTP\/1\.1 403 Forbidden\r\nConnection: close\r\n/);
  expect(peer.body).toMatchObject({ code: "ORIGIN_REFUSED", retry: "never" });
  expect(fixture.admitted).toHaveLength(21);
  expect(fixture.admitted[0]).toMatchObject({ transport: "ws", headers: { origin: "https://evil.example" } });
});

it("refuses with 403 what is no page's, before anything is accepted", async () => {
  const fixture = await WsFixture.open();
  const peer = await fixture.upgrade({ headers: { cookie: `c=${"c".repeat(8 * 1024)}` } });
  await peer.ended();
  expect(peer.status).toBe(403);
  expect(peer.body).toMatchObject({ code: "HANDSHAKE_INVALID" });
});

it("refuses with 503 and Retry-After where too many connections are open, once it has explained it to twenty", async () => {
  const fixture = await WsFixture.open({ limits: { maxConnections: 1 } });
  await fixture.enter();
  for (let n = 0; n < 20; n += 1) {
    const peer = await fixture.upgrade();
    await peer.until(({ closeCode }) => closeCode === 4114);
  }
  const Host = `127.0.0.1:${fixture.port}`;
  const peer = await fixture.upgrade({ headers: { Host, Origin: `http://${Host}` } }); // a page too: it may come back later
  await peer.ended();
  expect(peer.text).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n[^]*retry-after: 10\r\n/);
  expect(peer.body).toMatchObject({ code: "TOO_MANY_CONNECTIONS", retry: "later", retryAfterMs: 10_000 });
});

it("admits each connection once, with the whole handshake", async () => {
  const fixture = await WsFixture.open();
  await fixture.enter({ headers: { cookie: "a=b" } });
  expect(fixture.admitted).toMatchObject([
    { url: "/realtime", headers: { cookie: "a=b" }, remoteAddress: "127.0.0.1" },
  ]);
});

it("refuses an upgrade by HTTP/1.0 with 400", async () => {
  const fixture = await WsFixture.open();
  const peer = await fixture.upgrade({ version: "1.0" });
  await peer.ended();
  expect(peer.status).toBe(400);
  expect(peer.body).toMatchObject({ code: "HANDSHAKE_INVALID" });
});

it("takes frames that come with the upgrade into the handshake, and selects or logs nothing of them", async () => {
  const fixture = await WsFixture.open();
  const first = `[{"type":"subscribe","id":"1","channel":"board"}]`;
  const encoded = Buffer.from(first).toString("base64url");
  const offered = `fourgate.v2, fourgate.first.${encoded}, fourgate.token.${BASE64URL_MIA}`;
  const peer = await fixture.upgrade({ headers: { "Sec-WebSocket-Protocol": offered } });
  expect(peer.text).toContain("Sec-WebSocket-Protocol: fourgate.v2\r\n");
  const [handshake] = fixture.admitted;
  expect(handshake).toMatchObject({ first, token: "mia", headers: { "sec-websocket-protocol": "fourgate.v2" } });
  expect(JSON.stringify(handshake?.headers)).not.toContain(encoded);
});

it.each([
  ["no array", Buffer.from("{}").toString("base64url")],
  ["17 frames", Buffer.from(`[${Array(17).fill("{}").join()}]`).toString("base64url")],
  ["no base64url", "W10A"],
  ["4 097 bytes", Buffer.from(`["${"x".repeat(4_093)}"]`).toString("base64url")],
  ["two lists", "W10, fourgate.first.W1td"],
])("closes with 4504 where the first frames are %s", async (_what, first) => {
  const fixture = await WsFixture.open();
  const peer = await fixture.upgrade({ headers: { "Sec-WebSocket-Protocol": `fourgate.v2, fourgate.first.${first}` } });
  await peer.until(({ closeCode }) => closeCode !== undefined);
  expect(peer.closeCode).toBe(4504);
  expect(fixture.connections).toEqual([]);
});
