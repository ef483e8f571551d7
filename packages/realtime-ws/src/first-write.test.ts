import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DEFAULT_LIMITS } from "@repo/core-realtime/server";
import { expect, it, onTestFinished, vi } from "vitest";
import { RawPeer } from "./testing/raw-peer.js";
import { board, WsFixture } from "./testing/ws-fixture.js";
import { WsRealtimeServer } from "./ws-realtime-server.js";

const SUBSCRIBE = Buffer.from(JSON.stringify([{ type: "subscribe", id: "1", channel: board.name }]));

it("sends the 101 response, `connected` and the replies to the first frames in one write", async () => {
  const fixture = await WsFixture.open();
  let writes = () => 0;
  fixture.httpServer.prependListener("upgrade", (_request, socket) => {
    const [one, many] = [vi.spyOn(socket, "_write"), vi.spyOn(socket, "_writev")];
    writes = () => one.mock.calls.length + many.mock.calls.length;
  });
  const offered = `fourgate.v2, fourgate.first.${SUBSCRIBE.toString("base64url")}`;
  const peer = await fixture.upgrade({ headers: { "Sec-WebSocket-Protocol": offered } });
  await peer.until(({ text }) => text.includes('"type":"reply"'));
  expect(writes()).toBe(1);
});

it("sends the 101 response at once where gate 1 takes time", async () => {
  const httpServer = createServer();
  onTestFinished(() => void httpServer.close().closeAllConnections());
  const transport = new WsRealtimeServer({ httpServer });
  const undecided = { receive: () => undefined, recognizes: async () => false, closed: () => undefined };
  transport.serve({
    limits: DEFAULT_LIMITS,
    admit: () => undefined,
    checkRequest: () => undefined,
    open: () => undecided,
  });
  httpServer.listen(0, "127.0.0.1");
  await once(httpServer, "listening");
  const peer = await RawPeer.upgrade({ port: (httpServer.address() as AddressInfo).port });
  onTestFinished(() => peer.close());
  expect(peer.status).toBe(101);
});
