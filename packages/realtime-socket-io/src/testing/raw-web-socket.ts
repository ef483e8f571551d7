import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { onTestFinished } from "vitest";

/** How a raw peer connects. */
export interface RawConnect {
  readonly path?: string;
  readonly query?: string;
  /** Of HTTP. */
  readonly version?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A WebSocket of engine.io by hand: no library decides what it sends, and it replies to nothing by itself. */
export class RawWebSocket {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  readonly #waiting = new Set<() => void>();
  readonly closed: Promise<void>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes]);
      for (const look of this.#waiting) look();
    });
    socket.on("error", () => undefined);
    this.closed = new Promise((resolve) => socket.once("close", () => resolve()));
  }

  /** Opens a TCP connection and requests the upgrade; there is no response yet. */
  static async connect(
    origin: string,
    { path = "/socket.io/", query = "EIO=4&transport=websocket", version = "1.1", headers = {} }: RawConnect = {},
  ): Promise<RawWebSocket> {
    const { hostname, port, host } = new URL(origin);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    const raw = new RawWebSocket(socket);
    onTestFinished(() => raw.destroy());
    const lines = Object.entries({
      host,
      upgrade: "websocket",
      connection: "Upgrade",
      "sec-websocket-key": randomBytes(16).toString("base64"),
      "sec-websocket-version": "13",
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    raw.write(`GET ${path}?${query} HTTP/${version}\r\n${lines.join("")}\r\n`);
    return raw;
  }

  /** All bytes so far, as text. */
  get text(): string {
    return this.#received.toString("latin1");
  }

  /** Resolves when this has come. */
  async received(part: RegExp): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const look = () => part.test(this.text) && resolve();
      this.#waiting.add(look);
      look();
      void this.closed.then(() => reject(new Error(`the connection closed before ${part}; came: ${this.text}`)));
    });
  }

  write(bytes: string | Buffer): void {
    this.#socket.write(bytes);
  }

  /** A masked frame: a whole text message by default. */
  frame(payload: string | Buffer, firstByte = 0x81): void {
    this.write(maskedFrame(payload, firstByte));
  }

  /** Reads no more. */
  pause(): void {
    this.#socket.pause();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

/** The bytes of a client's frame: a whole text message by default. */
export function maskedFrame(payload: string | Buffer, firstByte = 0x81): Buffer {
  const bytes = Buffer.from(payload);
  const header =
    bytes.length < 126 ? [firstByte, 0x80 | bytes.length] : [firstByte, 0xfe, bytes.length >> 8, bytes.length & 0xff];
  const mask = Buffer.alloc(4); // a mask of zeros changes nothing, and is one
  return Buffer.concat([Buffer.from(header), mask, bytes]);
}
