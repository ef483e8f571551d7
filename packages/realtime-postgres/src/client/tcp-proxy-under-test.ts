import { connect, createServer, type Server, type Socket } from "node:net";

/** A TCP proxy that can go silent without closing, as a network does that loses its route. */
export class TcpProxy {
  /** Connections that it accepted so far. */
  accepted = 0;
  /** Connections that are open. */
  open = 0;
  /** The next connection whose client sends this goes silent, and carries it no more. */
  silenceAt: string | undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #silent = new WeakSet<Socket>();

  private constructor(target: number) {
    this.#server = createServer((incoming) => {
      this.accepted += 1;
      this.open += 1;
      incoming.on("close", () => (this.open -= 1));
      const outgoing = connect(target, "127.0.0.1");
      for (const [from, to] of [
        [incoming, outgoing],
        [outgoing, incoming],
      ] as const) {
        this.#sockets.add(from);
        from.on("data", (bytes) => {
          if (from === incoming && this.silenceAt !== undefined && bytes.includes(this.silenceAt)) {
            this.silenceAt = undefined;
            this.#silent.add(incoming).add(outgoing);
          }
          if (!this.#silent.has(from)) to.write(bytes);
        });
        from.on("error", () => from.destroy());
        from.on("close", () => {
          this.#sockets.delete(from);
          if (!this.#silent.has(from)) to.destroy();
        });
      }
    });
  }

  /** Listens on a free port, or the one of a proxy that was closed, and connects to `target`. */
  static async start(target: number, port = 0): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(port, "127.0.0.1", resolve));
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("The proxy is closed.");
    return address.port;
  }

  /** Carries nothing more on the connections of now, and does not close them. New ones work. */
  silence(): void {
    for (const socket of this.#sockets) this.#silent.add(socket);
  }

  /** Resets every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
