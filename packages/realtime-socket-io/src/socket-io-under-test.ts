import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo, Socket as NetSocket } from "node:net";
import type { ServerFrame } from "@repo/core-realtime";
import type { LinkEvents, RawLink, ConnectOptions, TransportUnderTest } from "@repo/core-testing/contracts";
import { io, type Socket } from "socket.io-client";
import type { EngineTransportName } from "./guarded-engine.js";
import { SocketIORealtimeServer } from "./socket-io-realtime-server.js";

/** The transport as the contract meets it, with Socket.IO's own client at the other end. */
export function makeSocketIOUnderTest(mode: EngineTransportName): TransportUnderTest {
  const httpServer = createServer((_request, response) => void response.writeHead(404).end());
  const clients = new Set<Socket>();
  let origin = "";
  return {
    lacks: ["oversize-code"],
    async serve(realtime) {
      await realtime.serve(new SocketIORealtimeServer({ httpServer }));
      origin = await listen(httpServer);
      return origin;
    },
    async connect(options, events) {
      const client = connect(origin, mode, options);
      clients.add(client);
      return linkOf(client, events);
    },
    async close() {
      for (const client of clients) client.disconnect();
      httpServer.closeAllConnections();
      await new Promise((resolve) => httpServer.close(resolve));
    },
  };
}

/** Listens on a free port; resolves with the server's own origin. */
export async function listen(httpServer: HttpServer): Promise<string> {
  await new Promise<void>((resolve) => httpServer.listen(0, "127.0.0.1", resolve));
  const { port } = httpServer.address() as AddressInfo; // a string only where it listens on a pipe
  return `http://127.0.0.1:${port}`;
}

function connect(origin: string, mode: EngineTransportName, { headers, token }: ConnectOptions): Socket {
  return io(origin, {
    transports: [mode],
    forceNew: true,
    reconnection: false,
    ...(headers && { extraHeaders: { ...headers } }),
    ...(token !== undefined && { auth: { token } }),
  });
}

async function linkOf(client: Socket, events: LinkEvents): Promise<RawLink> {
  client.onAny((_type: string, frame: ServerFrame) => events.onFrame(frame));
  client.once("disconnect", () => events.onClose());
  await new Promise<void>((resolve, reject) => client.once("connect", resolve).once("connect_error", reject));
  const { engine } = client.io;
  return {
    send: (frame) => void sendFrame(client, frame),
    sendText: (text) => void engine.write(packetOf(text)),
    sendBytes: (bytes) => void engine.write(Buffer.from(bytes)),
    close: () => void client.disconnect(),
    abort: () => void client.io.engine.close(),
    ...(engine.transport.name === "websocket" ? pausable(engine.transport) : pausablePolling(engine.transport)),
  };
}

function sendFrame(client: Socket, frame: object): void {
  const { type, ...body } = frame as { readonly type: string };
  client.emit(type, body);
}

/** The text where Socket.IO has a frame; the event's name is what the text says of its type, if it says so. */
function packetOf(text: string): string {
  const [, type = '""'] = /"type":("\w+")/.exec(text) ?? [];
  return `2[${type},${text}]`;
}

function pausable(transport: object): Pick<RawLink, "pause" | "resume"> {
  const { ws } = transport as { readonly ws: { readonly _socket: NetSocket } | null }; // ws shows its socket to nobody else
  return { pause: () => void ws?._socket.pause(), resume: () => void ws?._socket.resume() };
}

/** Whoever does not ask is not told: between two polls everything waits at the server. */
function pausablePolling(transport: object): Pick<RawLink, "pause" | "resume"> {
  const polling = transport as { doPoll(): void };
  let poll: (() => void) | undefined;
  return {
    pause() {
      poll = undefined;
      polling.doPoll = () => (poll = () => Object.getPrototypeOf(polling).doPoll.call(polling));
    },
    resume() {
      Reflect.deleteProperty(polling, "doPoll");
      poll?.();
    },
  };
}
