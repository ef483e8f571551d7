import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRequestRouter } from "./request-router";

let server: Server;

beforeEach(async () => {
  const sockets = {
    path: "/socket.io",
    request: (_, response) => void response.end("sockets"),
  } as const satisfies Parameters<typeof createRequestRouter>[0][number];
  server = createServer(createRequestRouter([sockets], (_, response) => void response.end("pages")));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterEach(async () => {
  server.close();
  await once(server, "close");
});

async function answerTo(target: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  let response = "";
  for await (const chunk of socket) response += String(chunk);
  return response.startsWith("HTTP/1.1 200")
    ? (response.split("\r\n\r\n")[1] ?? "").replaceAll(/[^a-z]/g, "")
    : response.slice(9, 12);
}

it.each([
  ["/socket.io/?EIO=4&transport=polling", "sockets"],
  ["/socket.io", "sockets"],
  ["/socket.iox", "pages"],
  ["/", "pages"],
  ["/any/page", "pages"],
  ["http://169.254.169.254/latest", "400"],
  ["//elsewhere.example/socket.io/", "400"],
])("replies to %s from the %s", async (target, owner) => {
  expect(await answerTo(target)).toBe(owner);
});
