import type { IncomingMessage, Server as HttpServer, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import {
  RealtimeError,
  type IRealtimeConnection,
  type IRealtimeGateway,
  type IRealtimeServer,
  type OutboundMessage,
  type RealtimeErrorCode,
} from "@repo/core-realtime";
import {
  ABUSE_PAUSE_MS,
  FlushScheduler,
  messageFrame,
  readFirstFrames,
  refuseUpgrade,
  type OutboundOptions,
} from "@repo/core-realtime/server";
import { Server, type DefaultEventsMap, type ServerOptions } from "socket.io";
import { UpgradeAdmission, refuseRequest } from "./upgrade-admission.js";
import { frameParser } from "./frame-decoder.js";
import { GuardedEngine, type EngineSocket, type EngineTransportName } from "./guarded-engine.js";
import { handshakeOf } from "./handshake-of.js";
import { joinPackets, messagePacket, type Packets } from "./packets.js";
import { PacketLimits } from "./packet-limits.js";
import { PENDING_LIMITS, PendingHandshakes } from "./pending-handshakes.js";
import { PollWatch } from "./poll-watch.js";
import { shareHttpServer } from "./share-http-server.js";
import type { RoomOperator } from "./socket-io-realtime-broadcaster.js";
import { SocketIOConnection, type FrameSocket, type IncomingEvents } from "./socket-io-connection.js";

const DEFAULT_PATH = "/socket.io"; // the path of every Socket.IO client unless configured

/** How the transport sits in an app. */
export interface SocketIORealtimeServerOptions {
  /** Takes its own requests and upgrades from this server; leave out to route them yourself. */
  readonly httpServer?: HttpServer;
  /** Default `"/socket.io"`. */
  readonly path?: string;
  /** Default both; `["websocket"]` where several nodes share no sticky sessions. */
  readonly transports?: readonly EngineTransportName[];
  /** Socket.IO's own cluster, where it is one: see `SocketIORealtimeBroadcaster`. */
  readonly adapter?: ServerOptions["adapter"];
}

/**
 * The Socket.IO transport.
 * @example await realtime.serve(new SocketIORealtimeServer({ httpServer }));
 */
export class SocketIORealtimeServer implements IRealtimeServer {
  readonly transport = "socket.io";
  readonly #options: SocketIORealtimeServerOptions;
  readonly #path: string;
  readonly #connections = new Map<string, SocketIOConnection>();
  readonly #byEngine = new WeakMap<EngineSocket, SocketIOConnection>();
  readonly #pending = new PendingHandshakes();
  #io: Server<IncomingEvents, DefaultEventsMap> | undefined;
  #admission: UpgradeAdmission | undefined;
  #unshare: () => void = () => undefined;
  #lastLeft: () => void = () => undefined;

  constructor(options: SocketIORealtimeServerOptions = {}) {
    this.#options = options;
    this.#path = checkedPath(options.path ?? DEFAULT_PATH);
  }

  serve(gateway: IRealtimeGateway): void {
    const { adapter, httpServer, transports = ["polling", "websocket"] } = this.#options;
    const engine = new GuardedEngine(gateway.limits, transports);
    const packets = new PacketLimits((session) =>
      this.#end(session, new RealtimeError("ABUSE", { retryAfterMs: ABUSE_PAUSE_MS })),
    );
    engine.on("connection", (session: EngineSocket) => {
      this.#pending.add(session);
      packets.watch(session);
    });
    const io = new Server<IncomingEvents, DefaultEventsMap>({
      connectTimeout: PENDING_LIMITS.connectMs,
      parser: frameParser(gateway.limits),
      cleanupEmptyChildNamespaces: true,
      ...(adapter && { adapter }),
    });
    const { maxBufferedBytes } = gateway.limits;
    const outbound = { scheduler: new FlushScheduler<Packets>(), join: joinPackets, maxBufferedBytes };
    io.on("connection", (socket) => this.#welcome(socket, gateway, outbound));
    io.bind(engine);
    this.#io = io;
    this.#admission = new UpgradeAdmission({
      engine,
      gateway,
      pollWatch: new PollWatch((session, code) => this.#cut(session, code)),
    });
    if (httpServer) this.#unshare = shareHttpServer(httpServer, this);
  }

  /** True where the request, or upgrade, is for this transport. */
  isOwn({ url = "" }: IncomingMessage): boolean {
    const [path] = url.split("?", 1);
    return path === this.#path || path === `${this.#path}/`;
  }

  /** For an app that routes itself: a polling request. */
  handleRequest(request: IncomingMessage, response: ServerResponse): void {
    if (!this.isOwn(request)) return void response.writeHead(404).end(); // engine.io would throw on some of them
    if (this.#admission) this.#admission.handleRequest(request, response);
    else refuseRequest(response, new RealtimeError("DRAINING"));
  }

  /** For an app that routes itself: a WebSocket's upgrade. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!this.isOwn(request)) return refuseUpgrade(socket, 404);
    if (this.#admission) this.#admission.handleUpgrade(request, socket, head);
    else refuseUpgrade(socket, 503, new RealtimeError("DRAINING"));
  }

  /** Socket.IO's own way to a room, through its adapter: for `SocketIORealtimeBroadcaster`. */
  to(room: string): RoomOperator {
    if (!this.#io)
      throw new TypeError("Call realtime.serve(…) with this server before anything is published through it.");
    return this.#io.to(room);
  }

  deliver(message: OutboundMessage, to: ReadonlySet<IRealtimeConnection>): void {
    const frame = messageFrame(messagePacket(message.text), message);
    for (const connection of to) (connection as SocketIOConnection).deliver(frame); // the core groups them by transport
  }

  refuseNew(): void {
    this.#admission?.refuseNew();
  }

  async close(): Promise<void> {
    for (const connection of this.#connections.values()) connection.close(new RealtimeError("DRAINING"));
    if (this.#connections.size > 0) await new Promise<void>((resolve) => (this.#lastLeft = resolve)); // each has its own deadline
    await this.#io?.close();
    this.#unshare();
  }

  #welcome(socket: FrameSocket, gateway: IRealtimeGateway, outbound: OutboundOptions<Packets>): void {
    const { remoteAddress } = socket.conn;
    const { token, first: sentFirst } = socket.handshake.auth;
    const { first, refusal } = readFirstFrames(sentFirst);
    const connection = new SocketIOConnection(socket, outbound);
    this.#connections.set(socket.id, connection);
    this.#byEngine.set(socket.conn, connection);
    this.#pending.remove(socket.conn);
    socket.on("disconnect", () => this.#forget(socket.id));
    if (refusal) return connection.close(refusal);
    connection.open(
      gateway,
      handshakeOf(socket.request, { remoteAddress, first, ...(typeof token === "string" && { token }) }),
    );
  }

  #cut(session: EngineSocket, code: RealtimeErrorCode): void {
    const connection = this.#byEngine.get(session);
    if (connection) connection.cut(code);
    else session.close(true); // it has not sent CONNECT yet
  }

  #end(session: EngineSocket, error: RealtimeError): void {
    const connection = this.#byEngine.get(session);
    if (connection) connection.close(error);
    else session.close(true);
  }

  #forget(id: string): void {
    this.#connections.delete(id);
    if (this.#connections.size === 0) this.#lastLeft();
  }
}

function checkedPath(path: string): string {
  if (/^(\/[\w.~-]+)+$/.test(path)) return path;
  throw new TypeError(`path: "${path}" is no path; write it like "/realtime", without a slash at its end.`);
}
