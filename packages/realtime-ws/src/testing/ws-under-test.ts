import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { SUBPROTOCOL, type ServerFrame } from "@repo/core-realtime";
import type { ConnectOptions, LinkEvents, RawLink, TransportUnderTest } from "@repo/core-testing/contracts";
import { WebSocket } from "ws";
import { hostileBytesOn } from "./hostile-bytes.js";
import { WsRealtimeServer } from "../ws-realtime-server.js";

const sockets = new WeakMap<RawLink, Socket>();

/** The WebSocket transport as `transportContract` meets it: a real port, and the client of `ws`. */
export function makeWsUnderTest(): TransportUnderTest {
  const httpServer = createServer((_request, response) => response.writeHead(404).end());
  return {
    hostileInputs: hostileBytesOn((link) => sockets.get(link)),
    async serve(realtime) {
      httpServer.listen(0, "127.0.0.1");
      await once(httpServer, "listening");
      await realtime.serve(new WsRealtimeServer({ httpServer }));
      return `http://${hostOf(httpServer)}`;
    },
    connect: (options, events) => connect(hostOf(httpServer), options, events),
    async close() {
      httpServer.closeAllConnections();
      httpServer.close();
      await once(httpServer, "close");
    },
  };
}

async function connect(host: string, { headers, token, first }: ConnectOptions, events: LinkEvents): Promise<RawLink> {
  const protocols = [SUBPROTOCOL];
  if (token !== undefined) protocols.push(`fourgate.token.${Buffer.from(token).toString("base64url")}`);
  if (first !== undefined) protocols.push(`fourgate.first.${Buffer.from(first).toString("base64url")}`);
  const client = new WebSocket(`ws://${host}/realtime`, protocols, { headers: { ...headers } });
  const upgraded = once(client, "upgrade") as Promise<[IncomingMessage]>;
  upgraded.catch(() => undefined); // a refusal is thrown by the wait for "open"
  client.on("message", (data) => events.onFrame(JSON.parse(String(data)) as ServerFrame));
  client.on("close", (code) => events.onClose(code));
  await once(client, "open");
  client.on("error", () => undefined); // some cases cut the connection; "close" reports it
  const [{ socket }] = await upgraded;
  const link: RawLink = {
    send: (frame) => client.send(JSON.stringify(frame)),
    sendText: (text) => client.send(text),
    sendBytes: (bytes) => client.send(bytes),
    close: () => client.close(1000),
    abort: () => socket.resetAndDestroy(),
    pause: () => client.pause(),
    resume: () => client.resume(),
  };
  sockets.set(link, socket);
  return link;
}

function hostOf(httpServer: Server): string {
  const { port } = httpServer.address() as AddressInfo;
  return `127.0.0.1:${port}`;
}
