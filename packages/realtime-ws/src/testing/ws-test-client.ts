import { once } from "node:events";
import { FrameReader, SUBPROTOCOL, type ServerFrame } from "@repo/core-realtime";
import { WebSocket, type ClientOptions } from "ws";

/** A client of `ws` that keeps what it gets. */
export class WsTestClient {
  readonly socket: WebSocket;
  readonly frames: ServerFrame[] = [];
  readonly closed: Promise<number>;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    const reader = new FrameReader();
    socket.on("message", (data) => {
      const frame = reader.read(JSON.parse(String(data)));
      if (frame) this.frames.push(frame);
    });
    this.closed = once(socket, "close").then(([code]) => Number(code));
  }

  static async enter(url: string, options: ClientOptions = {}): Promise<WsTestClient> {
    const socket = new WebSocket(url, SUBPROTOCOL, options);
    const client = new WsTestClient(socket);
    await once(socket, "open");
    await client.frame("connected");
    return client;
  }

  /** The texts that came on the board. */
  get received(): readonly unknown[] {
    return this.frames.flatMap((frame) =>
      frame.type === "message" ? [(frame.payload as { text: unknown }).text] : [],
    );
  }

  send(frame: object): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** The first frame of a type, come or still to come. */
  async frame(type: ServerFrame["type"]): Promise<ServerFrame> {
    for (;;) {
      const found = this.frames.find((frame) => frame.type === type);
      if (found) return found;
      await once(this.socket, "message");
    }
  }

  /** Resolves when everything that the server sent before has come. */
  async roundTrip(): Promise<void> {
    const pongs = () => this.frames.filter(({ type }) => type === "pong").length;
    const before = pongs();
    this.send({ type: "ping" });
    while (pongs() === before) await once(this.socket, "message");
  }

  /** Resolves when so many messages of the board have come. */
  async receives(count: number): Promise<readonly unknown[]> {
    while (this.received.length < count) await once(this.socket, "message");
    return this.received;
  }
}
