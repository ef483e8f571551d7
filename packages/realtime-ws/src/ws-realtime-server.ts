import type { IncomingMessage, Server as HttpServer } from "node:http";
import type { Server as HttpsServer } from "node:https";
import type { Duplex } from "node:stream";
import {
  RealtimeError,
  type Clock,
  type IRealtimeConnection,
  type IRealtimeGateway,
  type IRealtimeServer,
  type OutboundMessage,
  type RealtimeHandshake,
} from "@repo/core-realtime";
import {
  FlushScheduler,
  messageFrame,
  refusalStatus,
  refuseUpgrade,
  shareUpgrades,
  systemClock,
  textFrame,
  TokenBucket,
} from "@repo/core-realtime/server";
import { WebSocketServer, type Server as WsServer } from "ws";
import { handshakeOf } from "./handshake.js";
import { Heartbeat } from "./heartbeat.js";
import { readOffer, selectProtocol } from "./offered-protocols.js";
import { OrderlyWebSocket } from "./orderly-web-socket.js";
import { WsConnection, type WsConnectionDeps } from "./ws-connection.js";

const MAX_FRAGMENTS = 128; // of one message; a client that cuts 64 KiB finer than 512 bytes attacks our memory
const MAX_BUFFERED_CHUNKS = 4096; // a frame that comes byte by byte; each chunk costs some hundred bytes
const EXPLAINED = { perSecond: 2, burst: 20 }; // connections that are opened only to carry their refusal
const HTTP_TOO_OLD = new RealtimeError("HANDSHAKE_INVALID", { detail: "a WebSocket needs HTTP/1.1" }); // RFC 6455 § 4.1

/** How a WebSocket transport is set up. */
export interface WsRealtimeServerOptions {
  /** Where clients connect; default `"/realtime"`. */
  readonly path?: string;
  /** Listens to this server's upgrades by itself. Leave out where the app routes upgrades and calls `handleUpgrade`. */
  readonly httpServer?: HttpServer | HttpsServer;
  /** The time; default: that of the system. */
  readonly clock?: Clock;
}

interface Serving {
  readonly gateway: IRealtimeGateway;
  readonly webSockets: WsServer<typeof OrderlyWebSocket>;
  readonly deps: WsConnectionDeps;
  readonly explained: TokenBucket;
}

/**
 * WebSockets by `ws`.
 * @example
 * const transport = new WsRealtimeServer({ path: "/realtime" });
 * await realtime.serve(transport);
 * httpServer.on("upgrade", (request, socket, head) => {
 *   if (transport.isOwn(request)) transport.handleUpgrade(request, socket, head);
 * });
 */
export class WsRealtimeServer implements IRealtimeServer {
  readonly transport = "ws";
  readonly #path: string;
  readonly #httpServer: HttpServer | HttpsServer | undefined;
  readonly #clock: Clock;
  readonly #connections = new Set<WsConnection>();
  #serving: Serving | undefined;
  #refusesNew = false;
  #unshare: () => void = () => undefined;
  #onEmpty: () => void = () => undefined;

  constructor({ path = "/realtime", httpServer, clock = systemClock }: WsRealtimeServerOptions = {}) {
    if (!path.startsWith("/")) throw new TypeError(`path: "${path}" must begin with a slash, like "/realtime".`);
    this.#path = path;
    this.#httpServer = httpServer;
    this.#clock = clock;
  }

  serve(gateway: IRealtimeGateway): void {
    const heartbeat = new Heartbeat(this.#clock, gateway.limits);
    heartbeat.start();
    this.#serving = {
      gateway,
      webSockets: new WebSocketServer({
        noServer: true,
        WebSocket: OrderlyWebSocket,
        clientTracking: false,
        autoPong: false, // pongs queue up with all else
        perMessageDeflate: false, // costs 300 kB a connection and opens decompression bombs
        maxPayload: gateway.limits.maxFrameBytes,
        maxFragments: MAX_FRAGMENTS,
        maxBufferedChunks: MAX_BUFFERED_CHUNKS,
        handleProtocols: selectProtocol,
      }),
      explained: new TokenBucket(EXPLAINED, this.#clock.monotonic()),
      deps: {
        scheduler: new FlushScheduler(),
        join: (frames) => Buffer.concat(frames),
        maxBufferedBytes: gateway.limits.maxBufferedBytes,
        heartbeat,
        clock: this.#clock,
        ended: (connection) => this.#forget(connection),
      },
    };
    if (this.#httpServer) this.#unshare = shareUpgrades(this.#httpServer, this);
  }

  /** Is this upgrade request for us? By its path; an absolute URI is not for us. */
  isOwn({ url = "" }: IncomingMessage): boolean {
    return url === this.#path || url.startsWith(`${this.#path}?`);
  }

  /** Takes an upgrade request over: accepts the client or refuses it. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const serving = this.#serving;
    if (!serving) return refuseUpgrade(socket, 503, new RealtimeError("DRAINING"));
    if (request.httpVersion === "1.0") return refuseUpgrade(socket, 400, HTTP_TOO_OLD);
    const { gateway, webSockets, deps } = serving;
    const offer = readOffer(request.headers["sec-websocket-protocol"]);
    const handshake = handshakeOf(request, offer);
    const refusal = gateway.admit(handshake);
    if (this.#refusesNew && refusal?.code !== "ORIGIN_REFUSED")
      return refuseUpgrade(socket, 503, new RealtimeError("DRAINING"));
    if (refusal && !this.#isExplained(refusal, handshake, serving))
      return refuseUpgrade(socket, refusalStatus(refusal), refusal);
    socket.cork(); // the 101 response, `connected` and the replies to the first frames in one write, where the gates need no time
    deps.scheduler.afterFlush(() => socket.uncork());
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new WsConnection({ webSocket, socket }, deps);
      this.#connections.add(connection);
      const refused = refusal ?? offer.refusal;
      if (refused) connection.close(refused);
      else connection.open(gateway, handshake);
    });
  }

  deliver(message: OutboundMessage, to: ReadonlySet<IRealtimeConnection>): void {
    const frame = messageFrame(textFrame(message.text), message);
    for (const connection of to) (connection as WsConnection).deliver(frame); // the core groups them by transport
  }

  refuseNew(): void {
    this.#refusesNew = true;
  }

  async close(): Promise<void> {
    this.refuseNew();
    this.#unshare();
    this.#serving?.deps.heartbeat.stop();
    for (const connection of this.#connections) connection.close(new RealtimeError("DRAINING"));
    if (this.#connections.size > 0) await new Promise<void>((resolve) => (this.#onEmpty = resolve));
  }

  /**
   * A page cannot read the response to its upgrade. So where it is refused for good, its WebSocket is accepted, and closed with the reason
   * before the gateway sees it; twenty at once and two a second, the others receive the response.
   */
  #isExplained(refusal: RealtimeError, { headers }: RealtimeHandshake, { explained }: Serving): boolean {
    if (refusal.toWire().retry !== "never") return false;
    return headers["origin"] !== undefined && explained.take(this.#clock.monotonic()) === 0;
  }

  #forget(connection: WsConnection): void {
    this.#connections.delete(connection);
    if (this.#connections.size === 0) this.#onEmpty();
  }
}
