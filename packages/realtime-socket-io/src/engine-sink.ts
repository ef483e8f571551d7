import type { Duplex } from "node:stream";
import {
  CLOSE_GRACE_MS,
  HIGH_WATER_BYTES,
  SocketSink,
  type DrainOwner,
  type OutboundSink,
} from "@repo/core-realtime/server";
import type { Socket as SocketIOSocket } from "socket.io";
import type { Packets } from "./packets.js";

type EngineSocket = SocketIOSocket["conn"];
type EngineTransport = EngineSocket["transport"];

/** What a sink reports to its connection. */
export interface SinkOwner extends DrainOwner {
  /** Other code is about to write: a cluster's adapter, an app's own `io.to(…).emit(…)`. What waits has to go first. */
  beforeForeign(): void;
  /** What other code writes is counted. */
  afterForeign(): void;
}

/**
 * engine.io's end of one connection, as its outbound queue writes to it. A WebSocket's frames go straight to its socket, for
 * engine.io's own path costs a third of a delivery; between two polls engine.io holds what is written.
 */
export class EngineSink implements OutboundSink<Packets> {
  readonly #conn: EngineSocket;
  readonly #owner: SinkOwner;
  #queuedBytes = 0; // engine.io holds them until the transport takes the next write
  #sendingBytes = 0; // the transport has them
  #direct: SocketSink | undefined;
  #isWriting = false;
  #isYielding = false;
  #onSent: (() => void) | undefined;

  constructor(conn: EngineSocket, owner: SinkOwner) {
    this.#conn = conn;
    this.#owner = owner;
    conn.on("packetCreate", (packet: { readonly type: string; readonly data?: unknown }) => {
      if (this.#isWriting || packet.type !== "message") return; // engine.io's own packets are a few bytes, and their order is free
      this.#isYielding = true;
      owner.beforeForeign();
      this.#isYielding = false;
      this.#queuedBytes += bytesOf(packet.data);
      owner.afterForeign();
    });
    conn.on("flush", () => {
      this.#sendingBytes = this.#queuedBytes; // there is at most one write under way: the one before is done
      this.#queuedBytes = 0;
    });
    conn.on("upgrade", (transport: EngineTransport) => {
      this.#follow(transport);
      this.#sendingBytes = 0; // a client changes only after it has read the last poll's response
      owner.onDrain();
    });
    this.#follow(conn.transport);
  }

  /** Bytes that engine.io or the transport holds. */
  get waitingBytes(): number {
    return this.#queuedBytes + (this.#direct?.waitingBytes ?? this.#sendingBytes);
  }

  /** A reader that keeps up never leaves so much in engine.io's buffer. Takes everything while other code writes. */
  get isBlocked(): boolean {
    return !this.#isYielding && (this.#queuedBytes >= HIGH_WATER_BYTES || this.#direct?.isBlocked === true);
  }

  write(packets: Packets): void {
    const direct = this.#queuedBytes === 0 ? this.#direct : undefined; // what engine.io holds is not overtaken
    if (direct) return direct.write(packets.wsPreEncodedFrame[0], this.#onSent);
    this.#isWriting = true;
    if (this.#conn.readyState === "open") this.#queuedBytes += packets.byteLength;
    this.#conn.write(packets.text, packets, this.#onSent);
    this.#isWriting = false;
  }

  /** Cuts the connection when what is written from now on is sent, or after `CLOSE_GRACE_MS`: a polling client that reads polls again within that. */
  cutWhenSent(): void {
    const timer = setTimeout(() => this.cut(), CLOSE_GRACE_MS).unref();
    this.#onSent = () => {
      clearTimeout(timer);
      this.cut();
    };
  }

  /** Ends the transport; nothing that waits is sent, and no peer is waited for. */
  cut(): void {
    this.#conn.close(true);
  }

  /** "ready": a WebSocket has passed on its last write; a polling client has polled again, so it has read the last response. */
  #follow(transport: EngineTransport): void {
    const socket = socketOf(transport);
    this.#direct = socket && new SocketSink(socket, this.#owner);
    transport.on("ready", () => {
      if (transport.writable) this.#sendingBytes = 0; // else engine.io has begun the next write already
      this.#owner.onDrain();
    });
  }
}

/** The socket of a WebSocket, where engine.io and ws keep it; where they do not, engine.io's own way is taken. */
function socketOf(transport: EngineTransport): Duplex | undefined {
  const { socket } = transport as { readonly socket?: { readonly _socket?: Duplex } };
  return socket?._socket;
}

function bytesOf(data: unknown): number {
  if (typeof data === "string") return Buffer.byteLength(data);
  return ArrayBuffer.isView(data) ? data.byteLength : 0;
}
