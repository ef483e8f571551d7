import type { Socket as SocketIOSocket } from "socket.io";
import type { Batch } from "./batch.js";

type EngineSocket = SocketIOSocket["conn"];
type EngineTransport = EngineSocket["transport"];

/** What an outbox is told of its line. */
export interface LineEvents {
  /** The transport takes the next write. */
  onFree(): void;
  /** Somebody else is about to write: a cluster's adapter, an app's own `io.to(…).emit(…)`. What waits has to go first. */
  onForeign(): void;
}

/** engine.io's end of one connection: whether it takes a write now, and how many bytes it holds. */
export class EngineLine {
  readonly #conn: EngineSocket;
  #queuedBytes = 0;
  #sendingBytes = 0;
  #isWriting = false;

  constructor(conn: EngineSocket, events: LineEvents) {
    this.#conn = conn;
    conn.on("packetCreate", (packet: { readonly type: string; readonly data?: unknown }) => {
      if (this.#isWriting || packet.type !== "message") return; // engine.io's own packets are a few bytes, and their order is free
      events.onForeign();
      this.#queuedBytes += bytesOf(packet.data);
    });
    conn.on("flush", () => {
      this.#sendingBytes = this.#queuedBytes; // there is at most one write under way: the one before is done
      this.#queuedBytes = 0;
    });
    conn.on("upgrade", (transport: EngineTransport) => {
      this.#follow(transport, events);
      this.#sendingBytes = 0; // a client changes only after it has read the last poll's answer
      events.onFree();
    });
    this.#follow(conn.transport, events);
  }

  /** True where a write would go to the transport at once, behind nothing. */
  get isFree(): boolean {
    const { readyState, transport } = this.#conn;
    return readyState === "open" && transport.writable;
  }

  /** Bytes that engine.io or the transport holds. */
  get waitingBytes(): number {
    return this.#queuedBytes + this.#sendingBytes;
  }

  /** `sent` is called when the transport has handed everything to the system. */
  write(batch: Batch, sent?: () => void): void {
    const { text, options } = batch.outgoing();
    this.#isWriting = true;
    this.#queuedBytes += batch.bytes;
    this.#conn.write(text, options, sent);
    this.#isWriting = false;
  }

  /** Ends the transport; nothing that waits is sent, nobody is waited for. */
  cut(): void {
    this.#conn.close(true);
  }

  /** "ready": a WebSocket has handed over its last write; a polling client has come again, so it has read the last answer. */
  #follow(transport: EngineTransport, events: LineEvents): void {
    transport.on("ready", () => {
      if (transport.writable) this.#sendingBytes = 0; // else engine.io has begun the next write already
      events.onFree();
    });
  }
}

function bytesOf(data: unknown): number {
  if (typeof data === "string") return Buffer.byteLength(data);
  return ArrayBuffer.isView(data) ? data.byteLength : 0;
}
