import type { IncomingMessage } from "node:http";
import type { TransportLimits } from "@repo/core-realtime";
import { Server as Engine, type Socket as EngineSocket } from "engine.io";
import { WebSocketServer, type ServerOptions as WsOptions } from "ws"; // eslint-disable-line realtime/no-direct-ws -- how long a WebSocket may take to close is an option of ws alone

const UPGRADE_MS = 10_000; // a client that begins to change to WebSocket is done in one round trip
const WRAPPING_BYTES = 64; // what Socket.IO puts around a frame: packet types, an acknowledgement's id, the event's name
const CLOSE_MS = 1_000; // a peer that does not answer a close frame is gone; the default of 30 s would keep a silent one for a minute

export type { EngineSocket };

/** A transport of engine.io that we let in. */
export type EngineTransportName = "polling" | "websocket";

/** engine.io with every default that keeps, echoes or trusts too much put right. */
export class GuardedEngine extends Engine {
  constructor(limits: TransportLimits, transports: readonly EngineTransportName[]) {
    super({
      transports: [...transports],
      maxHttpBufferSize: limits.maxFrameBytes + WRAPPING_BYTES,
      pingInterval: limits.pingMs,
      pingTimeout: limits.pongMs,
      upgradeTimeout: UPGRADE_MS,
      perMessageDeflate: false, // a small frame can become a large one, and every connection keeps a window
      httpCompression: false,
      allowEIO3: false,
      wsEngine: PromptWebSocketServer,
    });
    this.on("error", ignore);
    this.on("connection_error", ignore);
  }

  /** The session that a request belongs to, read as engine.io itself will read it. */
  sessionOf({ url = "/" }: IncomingMessage): EngineSocket | undefined {
    const { sid = "" } = Object.fromEntries(new URL(url, "http://engine.io").searchParams);
    return Object.hasOwn(this.clients, sid) ? this.clients[sid] : undefined;
  }
}

class PromptWebSocketServer extends WebSocketServer {
  constructor(options: WsOptions) {
    const promptly = { closeTimeout: CLOSE_MS }; // the types are one version behind
    super({ ...options, ...promptly });
  }
}

/** A handshake that failed has been answered by engine.io; there is nobody else to tell. */
function ignore(): void {}
