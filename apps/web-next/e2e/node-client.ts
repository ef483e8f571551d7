import { io, type Socket } from "socket.io-client";

/** What a client that is no browser shows of itself. */
export interface NodeClientOptions {
  readonly url: string;
  readonly cookie?: string;
  /** Which spelling of the path it asks for; default `/socket.io/`. */
  readonly path?: "/socket.io" | "/socket.io/";
}

/** A client on a WebSocket and nothing else: where the WebSocket dies, it has nothing to fall back on. */
export class NodeClient {
  readonly #socket: Socket;
  readonly #received: { readonly e?: string }[] = [];
  /** What gate 1 sent: `connected`, or `close` with the code. */
  readonly firstFrame: Promise<unknown>;

  constructor({ url, cookie, path = "/socket.io/" }: NodeClientOptions) {
    this.#socket = io(url, {
      transports: ["websocket"],
      extraHeaders: cookie === undefined ? {} : { cookie },
      addTrailingSlash: path.endsWith("/"),
      reconnection: false,
      forceNew: true,
    });
    this.#socket.on("m", (message: { readonly e?: string }) => this.#received.push(message));
    this.firstFrame = new Promise((resolve, reject) => {
      this.#socket.onAny((type: string, frame: object) => resolve({ ...frame, type }));
      this.#socket.on("connect_error", reject);
    });
    this.firstFrame.catch(() => undefined); // whoever awaits it receives the failure
  }

  /** Subscribes to a channel, by default the public one; resolves with the reply, over the very WebSocket that was opened. */
  async join(channel = "realtime-ping"): Promise<unknown> {
    return this.#socket.timeout(30_000).emitWithAck("subscribe", { channel });
  }

  /** The messages of an event, as the wire abbreviates them: `e` is the event, `u` the sender. */
  received(event: string): readonly object[] {
    return this.#received.filter((message) => message.e === event);
  }

  close(): void {
    this.#socket.disconnect();
  }
}
