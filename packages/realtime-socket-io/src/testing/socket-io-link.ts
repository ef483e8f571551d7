import { Agent } from "node:http";
import type { Socket as NetSocket } from "node:net";
import type { ServerFrame } from "@repo/core-realtime";
import type { ConnectOptions, LinkEvents, RawLink } from "@repo/core-testing/contracts";
import { io, type Socket } from "socket.io-client";
import type { EngineTransportName } from "../guarded-engine.js";

/** Where and how a client connects. */
export interface LinkOptions extends ConnectOptions {
  readonly mode: EngineTransportName;
  readonly path?: string;
}

/** A link that can also put any engine.io message on the wire, also where Socket.IO would not send it. */
export interface SocketIOLink extends RawLink {
  sendPacket(packet: string | Uint8Array): void;
  /** Resolves with the acknowledgement. */
  askByAck(type: string, ...args: readonly unknown[]): Promise<unknown>;
}

const PATIENCE_MS = 60_000;

/** Socket.IO's own client, as a test client's link. */
export async function openSocketIOLink(
  origin: string,
  options: LinkOptions,
  events: LinkEvents,
): Promise<SocketIOLink> {
  const agent = new Agent();
  const client = connect(origin, agent, options);
  client.onAny((_type: string, frame: ServerFrame) => events.onFrame(frame));
  client.once("disconnect", () => events.onClose());
  await new Promise<void>((resolve, reject) => client.once("connect", resolve).once("connect_error", reject));
  const { engine } = client.io;
  const sendPacket = (packet: string | Uint8Array) => void engine.write(packet);
  return {
    send: (frame) => void sendFrame(client, frame),
    sendText: (text) => sendPacket(packetOf(text)),
    sendBytes: (bytes) => sendPacket(Buffer.from(bytes)),
    sendPacket,
    askByAck: async (type, ...args) => new Promise((resolve) => client.emit(type, ...args, resolve)),
    close: () => void client.disconnect(),
    ...(options.mode === "websocket"
      ? controlsOfWebSocket(engine.transport)
      : controlsOfPolling(engine.transport, agent)),
  };
}

function connect(origin: string, agent: Agent, { mode, path, headers, token, first }: LinkOptions): Socket {
  const client = io(origin, {
    transports: [mode],
    agent: agent as unknown as string, // Socket.IO's types are for browsers
    forceNew: true,
    reconnection: false,
    ...(path !== undefined && { path }),
    ...(headers && { extraHeaders: { ...headers } }),
    auth: { ...(token !== undefined && { token }), ...(first !== undefined && { first }) },
  });
  client.io.engine.on("handshake", (handshake) => (handshake.pingTimeout += PATIENCE_MS)); // it is the server that has to notice
  return client;
}

function sendFrame(client: Socket, frame: object): void {
  const { type, ...body } = frame as { readonly type: string };
  client.emit(type, body);
}

/** The text where Socket.IO has a frame; the event's name is the type in the text, where it has one. */
function packetOf(text: string): string {
  const [, type = '""'] = /"type":("\w+")/.exec(text) ?? [];
  return `2[${type},${text}]`;
}

type Controls = Required<Pick<RawLink, "abort" | "pause" | "resume">>;

function controlsOfWebSocket(transport: object): Controls {
  const { ws } = transport as { readonly ws: { readonly _socket: NetSocket } | null }; // ws exposes its socket nowhere else
  return {
    abort: () => void ws?._socket.destroy(),
    pause: () => void ws?._socket.pause(),
    resume: () => void ws?._socket.resume(),
  };
}

/** Without a poll nothing is sent: between two polls everything waits at the server. */
function controlsOfPolling(transport: object, agent: Agent): Controls {
  const polling = transport as { doPoll(): void };
  let poll: (() => void) | undefined;
  return {
    abort: () => cutPolls(agent),
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

/** Between two polls there is no connection to cut: waits until there is a poll. */
function cutPolls(agent: Agent): void {
  const sockets = Object.values(agent.sockets).flatMap((ofHost) => ofHost ?? []);
  if (sockets.some(({ bytesWritten }) => bytesWritten > 0)) for (const socket of sockets) socket.destroy();
  else setImmediate(() => cutPolls(agent));
}
