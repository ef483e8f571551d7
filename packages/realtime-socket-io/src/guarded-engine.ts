import type { IncomingMessage } from "node:http";
import type { TransportLimits } from "@repo/core-realtime";
import { Server as Engine, type Socket as EngineSocket } from "engine.io";
import { WebSocketServer, type ServerOptions as WsOptions } from "ws"; // eslint-disable-line realtime/no-direct-ws -- how long a WebSocket may take to close is an option of ws alone

const UPGRADE_MS = 10_000; // a client that begins to change to WebSocket is done in one round trip
const WRAPPING_BYTES = 64; // what Socket.IO puts around a frame: packet types, an acknowledgement's id, the event's name
const MAX_FRAGMENTS = 128; // of one message; a client that splits 64 KiB finer than 512 bytes attacks our memory
const MAX_BUFFERED_CHUNKS = 4096; // a frame that comes byte by byte; each chunk costs some hundred bytes
const CLOSE_MS = 1_000; // a peer that does not reply to a close frame is gone; the default of 30 s would keep a silent one for a minute

export type { EngineSocket };

/** A transport of engine.io that is allowed. */
export type EngineTransportName = "polling" | "websocket";

/** engine.io with safe options in place of each default that keeps, echoes or accepts too much. */
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
      wsEngine: BoundedWebSocketServer,
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

/** What stands in the error of a frame that is too large: engine.io passes on nothing of an error but its text. */
const TOO_LARGE = "FRAME_TOO_LARGE: fourgate";

/** Whether engine.io's description of a close is the error of a frame that was too large. */
export function isTooLarge(description: unknown): boolean {
  return description instanceof Error && description.message.includes(TOO_LARGE);
}

class BoundedWebSocketServer extends WebSocketServer {
  constructor(options: WsOptions) {
    const bounds = { closeTimeout: CLOSE_MS, maxFragments: MAX_FRAGMENTS, maxBufferedChunks: MAX_BUFFERED_CHUNKS };
    super({ ...options, ...bounds }); // the types are one version behind
  }

  override handleUpgrade(...[request, socket, head, callback]: Parameters<WebSocketServer["handleUpgrade"]>): void {
    super.handleUpgrade(request, socket, head, (webSocket, upgraded) => {
      webSocket.on("error", markTooLarge); // before engine.io's own listener; not on the way of a message
      callback(webSocket, upgraded);
    });
  }
}

function markTooLarge(error: Error): void {
  if ("code" in error && error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") error.message = TOO_LARGE;
}

/** engine.io has replied to a handshake that failed; there is no other listener to notify. */
function ignore(): void {}
