import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import { createRealtime, type RealtimeOptions } from "@repo/core-realtime/server";
import { anonymous, RecordingObserver } from "@repo/core-testing";
import { expect, it, onTestFinished } from "vitest";
import { SocketIORealtimeServer, type SocketIORealtimeServerOptions } from "./socket-io-realtime-server.js";
import { listen, stopListening } from "./testing/listen.js";
import { connectByPolling } from "./testing/raw-polling.js";
import { RawWebSocket } from "./testing/raw-web-socket.js";

async function openApp(options: SocketIORealtimeServerOptions = {}, more: Partial<RealtimeOptions> = {}) {
  const httpServer = createServer((_request, response) => void response.end("the app's"));
  const transport = new SocketIORealtimeServer(options);
  const realtime = createRealtime({ authenticator: anonymous, ...more });
  onTestFinished(async () => {
    await realtime.close({ drainMs: 1 });
    await stopListening(httpServer);
  });
  return { httpServer, transport, realtime, origin: await listen(httpServer) };
}

it("takes its own and leaves the rest to the earlier listeners", async () => {
  const { httpServer, realtime, origin } = await openApp();
  await realtime.serve(new SocketIORealtimeServer({ httpServer }));
  expect((await connectByPolling(origin)).status).toBe(200);
  for (const path of ["/", "/socket.io-not", "/socket.io/socket.io.js", "/socket.iox/", "/a/socket.io/"])
    expect(await (await fetch(origin + path)).text(), path).toBe("the app's");
});

it("leaves upgrades that are not its own to others, and ends those to which no other listener would reply", async () => {
  const { httpServer, realtime, origin } = await openApp();
  await realtime.serve(new SocketIORealtimeServer({ httpServer, path: "/realtime" }));
  const lost = await RawWebSocket.connect(origin);
  await lost.closed;
  httpServer.on("upgrade", (request: IncomingMessage, socket) => {
    if (request.url?.startsWith("/socket.io")) socket.end("HTTP/1.1 418 Not Ours\r\n\r\n");
  });
  await (await RawWebSocket.connect(origin)).received(/418/);
});

it("replies to an upgrade to an unknown path with 404 although several transports listen", async () => {
  const { httpServer, realtime, origin } = await openApp();
  await realtime.serve(new SocketIORealtimeServer({ httpServer, path: "/one" }));
  await realtime.serve(new SocketIORealtimeServer({ httpServer, path: "/two" }));
  for (const path of ["/one/", "/two/"]) await (await RawWebSocket.connect(origin, { path })).received(/101 Switching/);
  const lost = await RawWebSocket.connect(origin, { path: "/elsewhere" });
  await lost.received(/^HTTP\/1\.1 404/);
  await lost.closed;
});

it("gives the HTTP server back when it closes", async () => {
  const { httpServer, realtime, origin } = await openApp();
  const before = httpServer.listeners("request");
  await realtime.serve(new SocketIORealtimeServer({ httpServer }));
  await realtime.close({ drainMs: 1 });
  expect(httpServer.listeners("request")).toEqual(before);
  expect(httpServer.listenerCount("upgrade")).toBe(0);
  expect(await (await fetch(`${origin}/socket.io/`)).text()).toBe("the app's");
});

it("may be routed by the app itself, requests and upgrades", async () => {
  const { httpServer, transport, realtime, origin } = await openApp({ path: "/realtime/io" });
  await realtime.serve(transport);
  httpServer.removeAllListeners("request").on("request", (request, response) => {
    if (transport.isOwn(request)) transport.handleRequest(request, response);
    else response.end("the app's");
  });
  httpServer.on("upgrade", (request, socket, head) => {
    if (transport.isOwn(request)) transport.handleUpgrade(request, socket, head);
    else socket.end("HTTP/1.1 418 Not Ours\r\n\r\n");
  });
  expect((await fetch(`${origin}/realtime/io/?EIO=4&transport=polling`)).status).toBe(200);
  expect(await (await fetch(`${origin}/socket.io/?EIO=4&transport=polling`)).text()).toBe("the app's");
  await (await RawWebSocket.connect(origin, { path: "/realtime/io/" })).received(/101 Switching/);
  await (await RawWebSocket.connect(origin)).received(/418/);
});

it("refuses with DRAINING a client that connects before it serves, which may come back in a moment", async () => {
  const { httpServer, transport, origin } = await openApp();
  httpServer
    .removeAllListeners("request")
    .on("request", (request, response) => transport.handleRequest(request, response));
  httpServer.on("upgrade", (request, socket, head) => transport.handleUpgrade(request, socket, head));
  const response = await connectByPolling(origin);
  expect([response.status, await response.json()]).toMatchObject([503, { code: "DRAINING", retry: "later" }]);
  await (await RawWebSocket.connect(origin)).received(/503 Service Unavailable[^]*"code":"DRAINING"/);
});

it("survives an app that hands it what is not its own", async () => {
  const { httpServer, transport, realtime, origin } = await openApp();
  await realtime.serve(transport);
  httpServer
    .removeAllListeners("request")
    .on("request", (request, response) => transport.handleRequest(request, response));
  httpServer.on("upgrade", (request, socket, head) => transport.handleUpgrade(request, socket, head));
  expect((await fetch(`${origin}/elsewhere`)).status).toBe(404);
  await (
    await RawWebSocket.connect(origin, { path: "//" })
  ).closed;
  expect((await connectByPolling(origin)).status).toBe(200);
});

it("takes no absolute URI as its own: that is what a proxy receives", async () => {
  const { httpServer, transport, realtime, origin } = await openApp({ path: "/realtime" });
  await realtime.serve(transport);
  const { hostname, port } = new URL(origin);
  const seen = new Promise<boolean>((resolve) =>
    httpServer.once("request", (request: IncomingMessage) => resolve(transport.isOwn(request))),
  );
  httpRequest({ hostname, port, path: "http://127.0.0.1/realtime/?EIO=4&transport=polling" }, (response) =>
    response.resume(),
  ).end();
  expect(await seen).toBe(false);
});

it("notifies the gateway of every connection that its own end closes, gate 1 passed or not", async () => {
  const observer = new RecordingObserver();
  let release = (): void => undefined;
  const thinking = new Promise<null>((resolve) => (release = () => resolve(null)));
  const authenticator = { authenticate: async () => thinking };
  const { httpServer, realtime, origin } = await openApp({}, { authenticator, observers: [observer] });
  await realtime.serve(new SocketIORealtimeServer({ httpServer }));
  const socket = await RawWebSocket.connect(origin);
  await socket.received(/0\{"sid"/);
  socket.frame("40");
  await socket.received(/40\{"sid"/);
  await realtime.close({ drainMs: 1 });
  release();
  expect(await observer.seen("disconnected")).toMatchObject({ reason: "DRAINING" });
  await socket.received(/"closeCode":4100/);
});

it.each(["", "socket.io", "/", "/a/", "/a b", "/a?b", "/a#b", "//a"])("refuses the path %j at start-up", (path) => {
  expect(() => new SocketIORealtimeServer({ path })).toThrow(/write it like "\/realtime"/);
});
