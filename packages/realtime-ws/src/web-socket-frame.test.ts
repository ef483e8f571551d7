import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { PING_FRAME, pongFrame, textFrame } from "@repo/core-realtime/server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";

const httpServer = createServer();
let client: WebSocket;
let socket: Duplex;

beforeAll(async () => {
  const webSockets = new WebSocketServer({ noServer: true });
  httpServer.on("upgrade", (request, accepted, head) => {
    socket = accepted;
    webSockets.handleUpgrade(request, accepted, head, () => undefined);
  });
  httpServer.listen(0, "127.0.0.1");
  await once(httpServer, "listening");
  client = new WebSocket(`ws://127.0.0.1:${(httpServer.address() as AddressInfo).port}`);
  await once(client, "open");
});

afterAll(() => {
  client.terminate();
  httpServer.close();
});

it.each([0, 1, 125, 126, 127, 65_535, 65_536, 70_000])(
  "frames a text of %i bytes as other libraries read it",
  async (length) => {
    const received = once(client, "message");
    socket.write(textFrame("x".repeat(length)));
    const [data, isBinary] = await received;
    expect(isBinary).toBe(false);
    expect(String(data)).toBe("x".repeat(length));
  },
);

it("counts bytes, not characters", async () => {
  const text = "é𝒳👩‍👩‍👧".repeat(40);
  const received = once(client, "message");
  socket.write(textFrame(text));
  expect(String((await received)[0])).toBe(text);
});

it("frames a ping, and a pong that gives the ping's payload back", async () => {
  const [pinged, ponged] = [once(client, "ping"), once(client, "pong")];
  socket.write(Buffer.concat([PING_FRAME, pongFrame(Buffer.from("are you there"))]));
  expect(String((await pinged)[0])).toBe("");
  expect(String((await ponged)[0])).toBe("are you there");
});
