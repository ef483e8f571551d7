import { expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { centrifugoText, phoenixText, webSocketBytes } from "./byte-formats.js";
import { portOf } from "./server/port-of.js";
import { createServer } from "node:http";
import { connect } from "node:net";
import { once } from "node:events";

const delivery = { channel: "bench.0", payload: { text: "hello" } };

it("writes deliveries as Phoenix and Centrifugo document them", () => {
  expect(phoenixText({ ...delivery, offset: 7 })).toBe('[null,null,"bench.0","message",{"text":"hello"}]');
  expect(centrifugoText({ ...delivery, offset: 7 })).toBe(
    '{"push":{"channel":"bench.0","pub":{"data":{"text":"hello"},"offset":7}}}',
  );
  expect(centrifugoText(delivery)).toBe('{"push":{"channel":"bench.0","pub":{"data":{"text":"hello"}}}}');
});

it.each([
  ["x".repeat(125), 127],
  ["x".repeat(126), 130],
  ["é".repeat(63), 130],
  ["x".repeat(65_536), 65_546],
])("counts the frame's header too: a text of $0.length characters", (text, bytes) => {
  expect(webSocketBytes(text)).toBe(bytes);
});

it("counts what a real WebSocket server sends", async () => {
  const text = centrifugoText({ ...delivery, payload: { text: "x".repeat(89) }, offset: 1_250 });
  const server = createServer();
  const webSockets = new WebSocketServer({ server });
  webSockets.on("connection", (client) => {
    client.send(text);
    client.terminate();
  });
  const socket = connect(await portOf(server), "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"); // prettier-ignore
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  await once(socket, "close");
  server.close();
  const all = Buffer.concat(chunks);
  expect(all.length - all.indexOf("\r\n\r\n") - 4).toBe(webSocketBytes(text));
});
