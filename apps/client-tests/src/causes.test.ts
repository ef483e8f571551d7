import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createHash } from "node:crypto";
import { createRealtimeClient, type IRealtimeTransport } from "@repo/realtime-client";
import { auto } from "@repo/realtime-client/auto";
import { socketIo } from "@repo/realtime-client/socket-io";
import { sse } from "@repo/realtime-client/sse";
import { ws } from "@repo/realtime-client/ws";
import { WebSocket } from "undici";
import { expect, it, onTestFinished, vi } from "vitest";
import { clientOf, listenTo, serverUp } from "./stage.js";
import { slowLinkTo } from "./slow-link.js";
import { nodeWs } from "./transports-under-test.js";

/** A client of a server that is none of ours, and what it reports. */
async function strangerOf(server: Server, transport: IRealtimeTransport) {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realtime`;
  const onError = vi.fn();
  const client = createRealtimeClient({ url, transports: [transport], onError, random: () => 0.1 });
  onTestFinished(() => {
    client.disconnect();
    server.closeAllConnections();
    server.close();
  });
  client.connect();
  return { client, onError, url };
}

const PATIENCE = { timeout: 20_000 };

it("reports why SSE fails: a proxy's page instead of a stream", { timeout: 30_000 }, async () => {
  const { onError, url } = await strangerOf(createServer((_, response) => response.writeHead(502).end("<h1>Bad Gateway</h1>")), sse()); // prettier-ignore
  await expect.poll(() => onError.mock.calls[0]?.[0], PATIENCE).toMatchObject({ message: expect.stringContaining(`${url} replied with 502`) }); // prettier-ignore
});

it("reports why SSE fails, once per outage: a server that is not there", { timeout: 30_000 }, async () => {
  const server = createServer();
  const { client, onError } = await strangerOf(server, sse());
  server.closeAllConnections();
  server.close();
  await expect.poll(() => (client.state.status === "waiting" ? client.state.attempt : 0), PATIENCE).toBeGreaterThan(3);
  const causes = onError.mock.calls.map(([cause]) => String(cause));
  expect(causes.length).toBeGreaterThan(0);
  expect(causes.length).toBe(new Set(causes).size);
});

it("reports why SSE fails: a stream of something else", { timeout: 30_000 }, async () => {
  const { onError } = await strangerOf(createServer((_, response) => response.writeHead(200, { "content-type": "text/event-stream" }).end("data: hello\n\n")), sse()); // prettier-ignore
  await expect.poll(() => onError.mock.calls[0]?.[0], PATIENCE).toBeInstanceOf(SyntaxError);
});

const FOREIGN = { origin: "https://foreign.example" };

/** A WebSocket and a fetch as a page of another origin would have them. */
class ForeignWebSocket extends WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, { protocols, headers: FOREIGN });
  }
}
const foreignWs = () => ws({ WebSocket: ForeignWebSocket as unknown as typeof globalThis.WebSocket });
const foreignFetch: typeof fetch = (url, init) => fetch(url, { ...init, headers: { ...init?.headers, ...FOREIGN } });

it.each([
  ["Socket.IO, WebSocket alone", () => socketIo({ transports: ["websocket"], extraHeaders: FOREIGN }), "websocket error"], // prettier-ignore
])("reports once over %s that a page of a foreign origin does not get in", async (_, transport, sentence) => {
  const onError = vi.fn();
  const client = clientOf(await serverUp(), { transports: [transport()], onError });
  client.connect();
  await expect.poll(() => (client.state.status === "waiting" ? client.state.attempt : 0), PATIENCE).toBeGreaterThan(2);
  expect(onError.mock.calls.map(([cause]) => String(cause))).toEqual([expect.stringContaining(sentence)]);
});

it.each([
  ["ws", foreignWs],
  ["Socket.IO", () => socketIo({ extraHeaders: FOREIGN })],
  ["SSE", () => sse({ fetch: foreignFetch })],
  ["auto", () => auto({ first: foreignWs(), second: sse({ fetch: foreignFetch }) })],
])(
  "stops over %s with the server's own reason where the origin is foreign, and reports nothing else",
  async (_, transport) => {
    const onError = vi.fn();
    const client = clientOf(await serverUp(), { transports: [transport()], onError });
    client.connect();
    await expect
      .poll(() => client.state, PATIENCE)
      .toMatchObject({ status: "stopped", error: { code: "ORIGIN_REFUSED" } });
    expect(onError).not.toHaveBeenCalled();
  },
);

it.each([
  ["ws", nodeWs],
  ["SSE", () => sse()],
  ["Socket.IO", () => socketIo()],
])("reports nothing over %s where the network of an open connection is lost and comes back", async (_, transport) => {
  const server = await serverUp();
  const link = await slowLinkTo(server.origin, 1_000_000);
  const onError = vi.fn();
  const client = clientOf(server, { url: `${link.origin}/realtime`, transports: [transport()], onError });
  const { handle } = listenTo(client);
  await expect.poll(() => handle.status, PATIENCE).toBe("subscribed");
  link.cut();
  await expect.poll(() => (client.state.status === "waiting" ? client.state.attempt : 0), PATIENCE).toBeGreaterThan(2);
  link.mend();
  await expect.poll(() => client.state.status, PATIENCE).toBe("connected");
  expect(onError).not.toHaveBeenCalled();
});

it("sends no second request for the reason of a refusal where the network of an open SSE connection is lost", async () => {
  const server = await serverUp();
  const link = await slowLinkTo(server.origin, 1_000_000);
  const attempts = { streams: 0, reasons: 0 };
  const counting: typeof fetch = (url, init) => {
    if (init?.method !== "POST") attempts[init?.headers ? "streams" : "reasons"] += 1;
    return fetch(url, init);
  };
  const client = clientOf(server, { url: `${link.origin}/realtime`, transports: [sse({ fetch: counting })] });
  const { handle } = listenTo(client);
  await expect.poll(() => handle.status, PATIENCE).toBe("subscribed");
  link.cut();
  await expect.poll(() => attempts.streams, PATIENCE).toBeGreaterThan(2);
  expect(attempts.reasons).toBe(0);
});

it("reports nothing where WebSockets do not get through and SSE does", async () => {
  const server = await serverUp();
  server.refusesUpgrades = true;
  const onError = vi.fn();
  const client = clientOf(server, { transports: [auto({ first: nodeWs() })], onError });
  const { handle } = listenTo(client);
  await expect.poll(() => handle.status, PATIENCE).toBe("subscribed");
  expect([client.transport, onError.mock.calls]).toEqual(["sse", []]);
});

it(
  "notices at once that Engine.IO's connection died before its first packet, and tries again",
  { timeout: 30_000 },
  async () => {
    const server = createServer();
    let upgrades = 0;
    server.on("upgrade", ({ headers }, socket) => {
      upgrades += 1;
      socket.write(acceptance(headers["sec-websocket-key"]));
      setTimeout(() => socket.destroy(), 50);
    });
    await strangerOf(server, socketIo({ transports: ["websocket"] }));
    await expect.poll(() => upgrades, { timeout: 12_000 }).toBeGreaterThan(2); // an attempt that hangs takes 15 s
  },
);

it(
  "notices at once that the connection died while Engine.IO changed from polling to WebSocket, and tries again",
  { timeout: 30_000 },
  async () => {
    const handshake = JSON.stringify({ sid: "e", upgrades: ["websocket"], pingInterval: 25_000, pingTimeout: 20_000 });
    const packets = [`0${handshake}`, `40{"sid":"s"}`]; // what the first GETs of a session bring; the third is left open
    let connections = 0;
    const server = createServer(({ method, url = "" }, response) => {
      if (method === "POST") return void response.end("ok");
      const isNew = !url.includes("sid=");
      if (isNew) connections += 1;
      const packet = isNew ? packets[0] : unread.shift();
      if (isNew) unread = packets.slice(1);
      if (packet !== undefined) response.end(packet);
    });
    let unread: string[] = [];
    server.on("upgrade", (request, socket) => {
      socket.write(acceptance(request.headers["sec-websocket-key"]));
      socket.once("data", () => socket.end(Buffer.from("\x81\x063probe", "latin1"))); // of "2probe"; from now on polling is paused
    });
    await strangerOf(server, socketIo());
    await expect.poll(() => connections, { timeout: 12_000 }).toBeGreaterThan(3); // else only the ping's time-out ends it
  },
);

/** Accepts a WebSocket. */
function acceptance(key: string | undefined): string {
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}
