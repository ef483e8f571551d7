import { once } from "node:events";
import { createServer } from "node:http";
import type { Server } from "node:net";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { RawPeer } from "./testing/raw-peer.js";
import { WsFixture } from "./testing/ws-fixture.js";
import { WsRealtimeServer } from "./ws-realtime-server.js";

const connectionsOf = (server: Server) => promisify(server.getConnections.bind(server))();
const BASE64URL_MIA = Buffer.from("mia").toString("base64url");

it("selects the sub-protocol, and takes the token that is offered beside it without echoing it", async () => {
  const fixture = await WsFixture.open();
  const peer = await fixture.upgrade({
    headers: { "Sec-WebSocket-Protocol": `fourgate.token.${BASE64URL_MIA}, fourgate.v2` },
  });
  expect(peer.status).toBe(101);
  expect(peer.text).toContain("Sec-WebSocket-Protocol: fourgate.v2\r\n");
  const { connection } = await fixture.observer.seen("connected");
  expect(connection.user).toMatchObject({ userId: "mia" });
  const [handshake] = fixture.handshakes;
  expect(handshake).toMatchObject({
    transport: "ws",
    token: "mia",
    headers: { "sec-websocket-protocol": "fourgate.v2" },
    remoteAddress: "127.0.0.1",
  });
  expect(JSON.stringify(handshake?.headers)).not.toContain(BASE64URL_MIA);
  expect(peer.text).not.toContain(BASE64URL_MIA);
});

it.each([
  ["a version to come", "fourgate.v3", "fourgate.v3"],
  ["another protocol", "graphql-transport-ws, soap", "graphql-transport-ws"],
  ["none", undefined, undefined],
  ["a token alone", `fourgate.token.${BASE64URL_MIA}`, undefined],
])("closes with 4505, which a browser can read, where the offer is %s", async (_what, offered, selected) => {
  const fixture = await WsFixture.open();
  const peer = await fixture.upgrade({ headers: { "Sec-WebSocket-Protocol": offered } });
  expect(peer.status).toBe(101);
  expect(/sec-websocket-protocol: (.*)\r/i.exec(peer.text)?.[1]).toBe(selected);
  await peer.until(({ closeCode }) => closeCode !== undefined);
  expect(peer.closeCode).toBe(4505);
  expect(peer.text).toContain("PROTOCOL_UNSUPPORTED");
  expect(peer.text).not.toContain(BASE64URL_MIA);
  expect(fixture.observer.of("connected")).toEqual([]);
});

it.each([
  "fourgate.token.%%%",
  "fourgate.token.bWlh=",
  "fourgate.token.bWlh, fourgate.token.c2Ft",
  "fourgate.token._w",
])("closes with 4504 where the token is malformed: %s", async (tokens) => {
  const fixture = await WsFixture.open();
  const peer = await fixture.upgrade({ headers: { "Sec-WebSocket-Protocol": `fourgate.v2, ${tokens}` } });
  if (peer.status === 101) await peer.until(({ closeCode }) => closeCode !== undefined);
  expect(peer.status === 400 || peer.closeCode === 4504).toBe(true); // ws refuses what is no header at all
  expect(fixture.observer.of("connected")).toEqual([]);
});

it("releases refused connections, even where they stay open or are gone at once", async () => {
  const fixture = await WsFixture.open();
  const headers = { "Sec-Fetch-Site": "cross-site" };
  const stays = await fixture.upgrade({ headers, staysOpen: true });
  expect(stays.status).toBe(403);
  for (let n = 0; n < 20; n += 1) void RawPeer.upgrade({ port: fixture.port, headers }).then((peer) => peer.close());
  await expect.poll(() => connectionsOf(fixture.httpServer)).toBe(0);
});

it("agrees to no compression", async () => {
  const fixture = await WsFixture.open();
  const peer = await fixture.upgrade({
    headers: { "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits" },
  });
  expect(peer.text).not.toMatch(/sec-websocket-extensions/i);
});

it("replies 503 before it serves, and once it refuses new connections; open connections stay", async () => {
  const httpServer = createServer();
  const early = new WsRealtimeServer();
  httpServer.on("upgrade", (request, socket, head) => early.handleUpgrade(request, socket, head));
  const fixture = await WsFixture.open({ httpServer, isAttached: false });
  expect((await fixture.upgrade()).status).toBe(503);
  httpServer.removeAllListeners("upgrade");
  httpServer.on("upgrade", (request, socket, head) => fixture.transport.handleUpgrade(request, socket, head));
  const client = await fixture.join();
  fixture.transport.refuseNew();
  const late = await fixture.upgrade();
  await late.ended();
  expect([late.status, late.body]).toMatchObject([503, { code: "DRAINING", retry: "later" }]);
  await fixture.broadcast("still here");
  expect(await client.receives(1)).toEqual(["still here"]);
});

it.each([
  ["GET", { "Sec-WebSocket-Key": "short" }, 400],
  ["GET", { "Sec-WebSocket-Key": undefined }, 400],
  ["GET", { "Sec-WebSocket-Version": "12" }, 400],
  ["GET", { Upgrade: "h2c" }, 400],
  ["GET", { "Sec-WebSocket-Protocol": "fourgate.v2,,," }, 400],
])("replies to a malformed upgrade (%s %j) with %i", async (_method, headers, status) => {
  const fixture = await WsFixture.open();
  const peer = await fixture.upgrade({ headers });
  expect(peer.status).toBe(status);
  await peer.ended();
  expect((await fixture.upgrade()).status).toBe(101);
});

it("shares its port with other upgrades: it takes its own path and touches no other", async () => {
  const fixture = await WsFixture.open();
  const others = new WebSocketServer({ noServer: true });
  fixture.httpServer.on("upgrade", (request, socket, head) => {
    if (request.url === "/hmr") others.handleUpgrade(request, socket, head, (client) => client.send("hello from hmr"));
  });
  const other = new WebSocket(`ws://127.0.0.1:${fixture.port}/hmr`);
  expect(String((await once(other, "message"))[0])).toBe("hello from hmr");
  expect((await fixture.enter()).socket.protocol).toBe("fourgate.v2");
  other.send("still there?");
  other.terminate();
});

it("replies 404 to an upgrade that no transport takes, instead of leaving it open", async () => {
  const fixture = await WsFixture.open();
  await fixture.realtime.serve(new WsRealtimeServer({ httpServer: fixture.httpServer, path: "/second" }));
  for (const path of ["/realtime", "/second"]) expect((await fixture.upgrade({ path })).status).toBe(101);
  expect((await fixture.upgrade({ path: "/elsewhere" })).status).toBe(404);
});

it.each([
  ["/realtime", true],
  ["/realtime?since=1", true],
  ["/realtime/", false],
  ["/realtimes", false],
  ["/Realtime", false],
  ["http://127.0.0.1/realtime", false],
  ["", false],
])("recognises its own requests by their path: %j is own: %s", (url, isOwn) => {
  const request = { url } as Parameters<WsRealtimeServer["isOwn"]>[0];
  expect(new WsRealtimeServer().isOwn(request)).toBe(isOwn);
});

it("removes its listeners from the app's server when it closes, and leaves it running", async () => {
  const fixture = await WsFixture.open();
  const client = await fixture.enter();
  const closed = fixture.realtime.close({ drainMs: 1 });
  expect(await client.closed).toBe(4100);
  await closed;
  expect(fixture.httpServer.listenerCount("upgrade")).toBe(0);
  expect(fixture.httpServer.listening).toBe(true);
});

it("stops its heart when it closes", async () => {
  const fixture = await WsFixture.open();
  expect(fixture.clock.waiting).toBe(1);
  await fixture.transport.close();
  expect(fixture.clock.waiting).toBe(0);
});

it("does not wait for a peer that never replies to the close", async () => {
  const fixture = await WsFixture.open();
  const peer = await fixture.upgrade();
  await fixture.observer.seen("connected");
  peer.stopReading();
  let isClosed = false;
  const closed = fixture.transport.close().then(() => (isClosed = true));
  await fixture.clock.advanceAsync(1_999);
  expect(isClosed).toBe(false);
  fixture.clock.advance(1);
  await closed;
});

it("refuses a path that is none", () => {
  expect(() => new WsRealtimeServer({ path: "realtime" })).toThrow(TypeError);
});
