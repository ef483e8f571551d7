import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface UpgradeOptions {
  readonly port: number;
  readonly path?: string;
  /** Of HTTP. */
  readonly version?: string;
  /** Header lines over the usual ones; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Keeps its half of the connection open when the server ends its own. */
  readonly staysOpen?: boolean;
}

const USUAL: Readonly<Record<string, string>> = {
  Host: "127.0.0.1",
  Upgrade: "websocket",
  Connection: "Upgrade",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Protocol": "fourgate.v2",
};

/** A peer that writes bytes, whatever they are, and keeps what comes back. */
export class RawPeer {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #hasEnded = false;
  #wake: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake();
    });
    socket.on("close", () => {
      this.#hasEnded = true;
      this.#wake();
    });
    socket.on("error", () => undefined); // a reset is one way to be refused; "close" follows
  }

  /** Connects and requests the upgrade; the response may be a refusal. */
  static async upgrade(options: UpgradeOptions): Promise<RawPeer> {
    const { port, path = "/realtime", version = "1.1", headers = {}, staysOpen = false } = options;
    const peer = await RawPeer.connect(port, staysOpen);
    const lines = Object.entries({ ...USUAL, ...headers }).filter(([, value]) => value !== undefined);
    peer.write(
      [`GET ${path} HTTP/${version}`, ...lines.map(([name, value]) => `${name}: ${value}`), "\r\n"].join("\r\n"),
    );
    while (!peer.hasEnded && !peer.text.includes("\r\n\r\n")) await peer.more();
    return peer;
  }

  /** Connects and sends nothing. */
  static async connect(port: number, staysOpen = false): Promise<RawPeer> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: staysOpen });
    const peer = new RawPeer(socket);
    await once(socket, "connect");
    return peer;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** All that came, as text. */
  get text(): string {
    return this.#received.toString("latin1");
  }

  /** The status line's code. */
  get status(): number {
    return Number(this.text.split(" ")[1]);
  }

  /** The refusal of an HTTP response. */
  get body(): unknown {
    return JSON.parse(this.text.slice(this.text.indexOf("\r\n\r\n") + 4));
  }

  /** The code of the Close frame that the server sent, where it sent one. */
  get closeCode(): number | undefined {
    let at = this.#received.indexOf("\r\n\r\n") + 4;
    while (at + 2 <= this.#received.length) {
      const short = this.#received.readUInt8(at + 1);
      const length = short === 126 ? this.#received.readUInt16BE(at + 2) : short;
      const payloadAt = at + (short === 126 ? 4 : 2);
      if (this.#received.readUInt8(at) === 0x88) return this.#received.readUInt16BE(payloadAt);
      at = payloadAt + length;
    }
    return undefined;
  }

  write(bytes: Buffer | string): void {
    this.#socket.write(bytes);
  }

  /** Resolves when something comes, or it is over. */
  async more(): Promise<void> {
    if (!this.#hasEnded) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** Resolves when something that came matches. */
  async until(matches: (peer: RawPeer) => boolean): Promise<void> {
    while (!matches(this)) {
      if (this.#hasEnded) throw new Error(`The connection is closed; came: ${this.text}`);
      await this.more();
    }
  }

  /** Resolves when the server has closed the connection. */
  async ended(): Promise<void> {
    while (!this.#hasEnded) await this.more();
  }

  stopReading(): void {
    this.#socket.pause();
  }

  readOn(): void {
    this.#socket.resume();
  }

  /** Is gone, with a reset. */
  close(): void {
    this.#socket.resetAndDestroy();
  }
}
