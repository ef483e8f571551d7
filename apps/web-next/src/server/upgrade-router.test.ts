import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createUpgradeRouter, type UpgradeListener } from "./upgrade-router";

let server: Server;
let taken: string[];
const open: Socket[] = [];

const take =
  (by: string): UpgradeListener =>
  (request, socket) => {
    taken.push(`${by} ${request.url}`);
    socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\n");
  };

beforeEach(async () => {
  taken = [];
  server = createServer((_request, response) => response.end("page"));
  server.on(
    "upgrade",
    createUpgradeRouter([
      { path: "/socket.io", upgrade: take("sockets") },
      { path: "/_next", upgrade: take("next") },
    ]),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy();
  server.close();
  await once(server, "close");
});

function dial(target: string): Socket {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  open.push(socket);
  socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  return socket;
}

async function statusOf(target: string): Promise<string> {
  const socket = dial(target);
  let response = "";
  for await (const chunk of socket) response += String(chunk);
  return response.split("\r\n", 1)[0] ?? "";
}

it.each([
  ["/socket.io", "sockets"],
  ["/socket.io/?EIO=4&transport=websocket", "sockets"],
  ["/_next/hmr?id=1", "next"],
])("hands %s to the route that owns it", async (target, owner) => {
  expect(await statusOf(target)).toBe("HTTP/1.1 101 Switching Protocols");
  expect(taken).toEqual([`${owner} ${target}`]);
});

it.each(["/", "/chat", "/socket.iox", "/_nextother/hmr", "/api/../socket.io"])(
  "replies to %s with 404",
  async (target) => {
    expect(await statusOf(target)).toBe("HTTP/1.1 404 Not Found");
    expect(taken).toEqual([]);
  },
);

it.each([
  "http://169.254.169.254/socket.io/",
  "https://elsewhere.example/_next/hmr",
  "//elsewhere.example/_next/hmr",
  "/\\elsewhere.example/_next/hmr",
])("refuses %s, which names another server", async (target) => {
  expect(await statusOf(target)).toBe("HTTP/1.1 400 Bad Request");
  expect(taken).toEqual([]);
});

it("lets go of a refused socket although the peer keeps its half open", async () => {
  const connected = once(server, "connection");
  dial("/chat").resume();
  const [socket] = await connected;
  await once(socket, "close");
  expect(taken).toEqual([]);
});

it("survives a peer that resets a refused socket, and serves the next", async () => {
  const socket = dial("/chat");
  socket.resetAndDestroy();
  await once(socket, "close");
  expect(await statusOf("/socket.io/")).toBe("HTTP/1.1 101 Switching Protocols");
});
