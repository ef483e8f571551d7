import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, Server } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { defineRealtimeChannel } from "@repo/core-realtime";
import { HealthEndpoint } from "@repo/core-realtime/server";
import { anonymous } from "@repo/core-testing";
import { createRealtimeClient } from "@repo/realtime-client";
import { socketIo } from "@repo/realtime-client/socket-io";
import { SocketIORealtimeServer } from "@repo/realtime-socket-io";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { createNextRealtime } from "@repo/realtime-next";
import { nodeWs } from "../transports-under-test.js";
import { createNextServer, type CreateNextApp, type NextServerOptions } from "@repo/realtime-next/server";

const echoChannel = defineRealtimeChannel({
  name: "echo",
  scope: "public",
  payload: z.object({ text: z.string() }),
  inbound: z.object({ text: z.string() }),
});

let names = 0;

/** Next by structure: a route that is compiled anew at each request in development, and an upgrade listener from the first request on, as Next has. */
function fakeNext(name: string, route = "/realtime") {
  const state = { version: 1, compiled: 0, closed: 0, hotReloads: [] as (string | undefined)[] };
  let listened: Server | undefined;
  const load = () => {
    if (state.compiled === state.version) return;
    const { version } = state;
    state.compiled = version;
    createNextRealtime({
      name,
      authenticator: anonymous,
      setup: ({ registry }) => registry.register(echoChannel, ({ payload }) => `version ${version}: ${payload.text}`),
    });
  };
  const next: CreateNextApp = ({ httpServer }) => ({
    prepare: async () => undefined,
    getRequestHandler: () => async (request, response) => {
      if (listened !== httpServer)
        httpServer.on("upgrade", ({ url }: IncomingMessage, socket: Duplex) => {
          if (!url?.startsWith("/_next/hmr")) return; // as Next: somebody else may own it
          state.hotReloads.push(url);
          socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\n");
        });
      listened = httpServer;
      if (request.url === route) load();
      response
        .writeHead(request.url === route ? 204 : 200)
        .end(request.url === route ? undefined : `page ${request.url}`);
    },
    close: async () => void (state.closed += 1),
  });
  return { next, state };
}

async function start(options: Partial<NextServerOptions> = {}) {
  const name = `next-server-${++names}`;
  const { next, state } = fakeNext(name);
  const transports = [new WsRealtimeServer()];
  const server = await createNextServer({
    next,
    name,
    transports,
    port: 0,
    hostname: "127.0.0.1",
    dev: false,
    ...options,
  });
  const close = async () => {
    await server.close();
    server.httpServer.close();
    server.httpServer.closeAllConnections();
  };
  onTestFinished(close);
  return { ...server, state, close, url: `http://127.0.0.1:${server.port}` };
}

function clientOf(port: number, transport = nodeWs()) {
  const transports = [transport] as const;
  const client = createRealtimeClient<typeof echoChannel>({ url: `http://127.0.0.1:${port}/realtime`, transports });
  onTestFinished(() => client.disconnect());
  const echo = client.channel("echo");
  onTestFinished(echo.subscribe(() => undefined));
  return (text: string) => echo.publish({ text });
}

/** The first line of the response to an upgrade. */
async function upgrade(port: number, path: string): Promise<string | undefined> {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  const [chunk] = await once(socket.setEncoding("utf8"), "data");
  return String(chunk).split("\r\n")[0];
}

it("serves the realtime server of the route over WebSockets, beside the pages, on one port", async () => {
  const { port, url } = await start();
  expect(await clientOf(port)("hello")).toBe("version 1: hello");
  expect(await (await fetch(`${url}/polls`)).text()).toBe("page /polls");
});

it("gives Next its hot reload, from the first moment on", async () => {
  const { port, state } = await start();
  expect(await upgrade(port, "/_next/hmr?id=1")).toBe("HTTP/1.1 101 Switching Protocols");
  expect(state.hotReloads).toEqual(["/_next/hmr?id=1"]);
});

it("refuses an upgrade that neither a transport nor Next takes", async () => {
  const { port, httpServer } = await start();
  const seen = once(httpServer, "upgrade");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const response = upgrade(port, "/elsewhere");
  await seen;
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  expect(await response).toBe("HTTP/1.1 404 Not Found");
});

it("replaces handlers when a source file changes in development, and keeps the connections", async () => {
  const dir = mkdtempSync(join(tmpdir(), "next-server-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  mkdirSync(join(dir, "realtime"));
  const { port, state, realtime } = await start({ dev: true, dir });
  const echo = clientOf(port);
  expect(await echo("a")).toBe("version 1: a");
  const [connection] = realtime.connections();
  state.version = 2;
  writeFileSync(join(dir, "realtime", "echo.handler.ts"), "// changed");
  await expect.poll(() => echo("b")).toBe("version 2: b");
  expect(realtime.connections().map(({ connectionId }) => connectionId)).toEqual([connection?.connectionId]);
});

it("loads nothing anew in production, where a development server beside it does", async () => {
  const dir = mkdtempSync(join(tmpdir(), "next-server-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const { state } = await start({ dir });
  const { state: control } = await start({ dir, dev: true });
  state.version = control.version = 2;
  writeFileSync(join(dir, "echo.handler.ts"), "// changed");
  await expect.poll(() => control.compiled).toBe(2);
  expect(state.compiled).toBe(1);
});

it("serves Socket.IO too: its polling before the pages, its WebSockets before Next", async () => {
  const { port } = await start({ transports: [new SocketIORealtimeServer()] });
  const echoed = (transport: "polling" | "websocket") => clientOf(port, socketIo({ transports: [transport] }))("hello");
  expect(await Promise.all([echoed("polling"), echoed("websocket")])).toEqual(["version 1: hello", "version 1: hello"]);
});

it("gives Next the config of a standalone build, and of no other", async () => {
  vi.stubEnv("__NEXT_PRIVATE_STANDALONE_CONFIG", undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
  const dir = mkdtempSync(join(tmpdir(), "next-server-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  mkdirSync(join(dir, ".next"));
  const built = (config: object) =>
    writeFileSync(join(dir, ".next/required-server-files.json"), JSON.stringify({ config }));
  built({ basePath: "/app" });
  await start({ dir });
  expect(process.env["__NEXT_PRIVATE_STANDALONE_CONFIG"]).toBeUndefined();
  built({ basePath: "/app", output: "standalone" });
  await start({ dir });
  expect(process.env["__NEXT_PRIVATE_STANDALONE_CONFIG"]).toBe('{"basePath":"/app","output":"standalone"}');
});

it("names the repair where the route did not create a realtime server", async () => {
  const started = start({ route: "/api/live" });
  await expect(started).rejects.toThrow(
    /^startNextServer: OPTIONS \/api\/live replied 200, and createNextRealtime was not called with name "next-server-\d+"\. Export its GET, POST and OPTIONS from the app's \/api\/live\/route\.ts/,
  );
});

it("is ready when it listens, and notifies probes and clients before it ends", async () => {
  const health = new HealthEndpoint();
  const { port, url, realtime, state, close } = await start({ health });
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  await clientOf(port)("hello");
  const closing = close();
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: "draining" });
  await closing;
  expect([realtime.connections(), state.closed]).toEqual([[], 1]);
});
