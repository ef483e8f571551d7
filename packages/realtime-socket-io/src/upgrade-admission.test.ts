import { createServer } from "node:http";
import type { IRealtimeGateway, RealtimeHandshake } from "@repo/core-realtime";
import { DEFAULT_LIMITS } from "@repo/core-realtime/server";
import { expect, it, onTestFinished } from "vitest";
import { SocketIORealtimeServer } from "./socket-io-realtime-server.js";
import { listen, stopListening } from "./testing/listen.js";
import { openNode } from "./testing/node-under-test.js";
import { connectByPolling, openPolling } from "./testing/raw-polling.js";
import { RawWebSocket } from "./testing/raw-web-socket.js";

const foreign = { origin: "https://evil.example", cookie: "session=mia" };

it("refuses a foreign Origin on polling with 403 and the code, and admits its own", async () => {
  const { origin } = await openNode();
  const refused = await connectByPolling(origin, foreign);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ code: "ORIGIN_REFUSED", retry: "never" });
  expect((await connectByPolling(origin, { origin })).status).toBe(200);
});

it("refuses a foreign Origin on WebSocket with 403 and the code, and admits its own", async () => {
  const { origin } = await openNode();
  const refused = await RawWebSocket.connect(origin, { headers: foreign });
  await refused.closed;
  expect(refused.text).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
  expect(refused.text).toContain(`"code":"ORIGIN_REFUSED"`);
  const own = await RawWebSocket.connect(origin, { headers: { origin } });
  await own.received(/101 Switching Protocols/);
});

it.each(["null", "", "http://localhost:1"])("refuses the Origin %j on both", async (bad) => {
  const { origin } = await openNode({ origins: ["https://app.example"] });
  expect((await connectByPolling(origin, { origin: bad })).status).toBe(403);
  const socket = await RawWebSocket.connect(origin, { headers: { origin: bad } });
  await socket.received(/403 Forbidden/);
});

it("checks every request of a session, not only the first: a foreign page cannot use one that is open", async () => {
  const { origin } = await openNode();
  const session = await openPolling(origin, { origin });
  expect((await session.post('42["ping"]', foreign)).status).toBe(403);
  expect((await session.get(foreign)).status).toBe(403);
  const query = `EIO=4&transport=websocket&sid=${session.sid}`;
  await (await RawWebSocket.connect(origin, { query, headers: foreign })).received(/403 Forbidden/);
  expect((await session.post('42["ping"]', { origin })).status).toBe(200);
  expect(await (await session.get({ origin })).text()).toContain("pong");
});

it("names an Origin to a browser only where the app lists it, and no other", async () => {
  const { origin } = await openNode({ origins: ["https://app.example"] });
  const listed = await connectByPolling(origin, { origin: "https://app.example" });
  expect(listed.headers.get("access-control-allow-origin")).toBe("https://app.example");
  expect(listed.headers.get("access-control-allow-credentials")).toBe("true");
  expect(listed.headers.get("vary")).toBe("origin");
  const foreigner = await connectByPolling(origin, foreign);
  expect(foreigner.status).toBe(403);
  expect([...foreigner.headers].filter(([name]) => name.startsWith("access-control"))).toEqual([
    ["access-control-allow-origin", "*"], // it may read the refusal, without cookies
  ]);
});

it("replies to a preflight for a listed Origin, and refuses any other", async () => {
  const { origin } = await openNode({ origins: ["https://app.example"] });
  const preflight = async (from: string) =>
    fetch(`${origin}/socket.io/?EIO=4&transport=polling`, { method: "OPTIONS", headers: { origin: from } });
  expect((await preflight("https://app.example")).status).toBe(204);
  expect((await preflight("https://evil.example")).status).toBe(403);
});

it("sends no origin headers to pages of its own", async () => {
  const { origin } = await openNode();
  const response = await connectByPolling(origin, { origin });
  expect(response.headers.has("access-control-allow-origin")).toBe(false);
});

it("refuses more cookies than the limit on both, and takes just as many", async () => {
  const { origin } = await openNode({ limits: { maxCookieBytes: 100 } });
  const cookie = (length: number) => ({ cookie: `c=${"x".repeat(length - 2)}` });
  expect((await connectByPolling(origin, cookie(101))).status).toBe(403);
  await (await RawWebSocket.connect(origin, { headers: cookie(101) })).received(/HANDSHAKE_INVALID/);
  expect((await connectByPolling(origin, cookie(100))).status).toBe(200);
});

it("refuses new clients with DRAINING while those that are connected continue to poll", async () => {
  const { origin, transport } = await openNode();
  const session = await openPolling(origin);
  transport.refuseNew();
  expect(await (await connectByPolling(origin)).json()).toMatchObject({ code: "DRAINING" });
  await (await RawWebSocket.connect(origin)).received(/"code":"DRAINING"/);
  expect((await session.post('42["ping"]')).status).toBe(200);
  expect(await (await session.get()).text()).toContain("pong");
});

it("refuses with 503 and Retry-After where too many connections are open, once it has explained it to twenty", async () => {
  const { origin } = await openNode({ limits: { maxConnections: 1 } });
  await openPolling(origin);
  const statuses: number[] = [];
  for (let n = 0; n < 21; n += 1) {
    const socket = await RawWebSocket.connect(origin);
    await socket.received(/0\{"sid"|503 Service/);
    socket.frame("40");
    statuses.push((await connectByPolling(origin)).status);
  }
  const refused = await connectByPolling(origin);
  expect([refused.status, refused.headers.get("retry-after"), await refused.json()]).toMatchObject([
    503,
    "10",
    { code: "TOO_MANY_CONNECTIONS", retry: "later", retryAfterMs: 10_000 },
  ]);
  await (await RawWebSocket.connect(origin)).received(/503 Service Unavailable[^]*retry-after: 10\r\n/);
});

it("reads a session's id as engine.io does: a known one in front does not smuggle a new client in", async () => {
  const { origin, transport } = await openNode();
  const { sid } = await openPolling(origin);
  transport.refuseNew();
  const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling&sid=${sid}&sid=`);
  expect(response.status).toBe(503);
});

it.each(["__proto__", "constructor", "toString"])("finds no session by the name %s", async (sid) => {
  const { origin } = await openNode();
  const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling&sid=${sid}`);
  expect(response.status).toBe(400);
});

it.each(["j=0", "j=", "j=___eio"])(
  "refuses JSONP (%s): a script tag shows no Origin and may be read",
  async (query) => {
    const { origin } = await openNode();
    const { sid } = await openPolling(origin);
    for (const session of ["", `&sid=${sid}`]) {
      const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling&${query}${session}`);
      expect([response.status, await response.json()]).toMatchObject([400, { code: "HANDSHAKE_INVALID" }]);
    }
  },
);

it("forbids a page to run a poll's response as a script", async () => {
  const { origin } = await openNode();
  expect((await connectByPolling(origin)).headers.get("x-content-type-options")).toBe("nosniff");
});

it("refuses an upgrade by HTTP/1.0 with 400", async () => {
  const { origin } = await openNode();
  const socket = await RawWebSocket.connect(origin, { version: "1.0" });
  await socket.received(/^HTTP\/1\.1 400 [^]*HANDSHAKE_INVALID/);
  await socket.closed;
});

it("admits each new client once, however many requests follow, and with the whole handshake", async () => {
  const admitted: RealtimeHandshake[] = [];
  const gateway: IRealtimeGateway = {
    limits: DEFAULT_LIMITS,
    admit: (handshake) => void admitted.push(handshake),
    checkRequest: () => undefined,
    open: () => ({ receive: () => undefined, closed: () => undefined, recognizes: async () => true }),
  };
  const httpServer = createServer();
  const own = new SocketIORealtimeServer({ httpServer });
  own.serve(gateway);
  const origin = await listen(httpServer);
  onTestFinished(async () => {
    await own.close();
    await stopListening(httpServer);
  });
  const response = await (await connectByPolling(origin, { cookie: "a=b" })).text();
  const { sid } = JSON.parse(response.slice(1)) as { readonly sid: string };
  const url = `${origin}/socket.io/?EIO=4&transport=polling&sid=${sid}`;
  await fetch(url, { method: "POST", body: "40" });
  await (await fetch(url)).text();
  await fetch(url, { method: "OPTIONS" });
  const upgraded = await RawWebSocket.connect(origin, { query: `EIO=4&transport=websocket&sid=${sid}` });
  await upgraded.received(/101 Switching/);
  expect(admitted).toMatchObject([{ transport: "socket.io", headers: { cookie: "a=b" }, remoteAddress: "127.0.0.1" }]);
});

it("passes the gateway the frames that CONNECT brings, and closes with 4504 where they are malformed", async () => {
  const { origin } = await openNode();
  const first = `[{"type":"subscribe","id":"1","channel":"lobby"}]`;
  const connect = async (auth: object) => {
    const socket = await RawWebSocket.connect(origin);
    await socket.received(/0\{"sid"/);
    socket.frame(`40${JSON.stringify(auth)}`);
    return socket;
  };
  await (await connect({ first })).received(/"reply"/);
  for (const bad of ["{}", 7, "[".repeat(5_000)]) await (await connect({ first: bad })).received(/"closeCode":4504/);
});
