import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy as some offices have: it passes HTTP on, buffers nothing, and refuses every WebSocket. */
export class RefusingProxy {
  readonly #server: Server;
  /** Upgrades that were asked for, and refused. */
  refused = 0;

  private constructor(targetPort: number) {
    this.#server = createServer((incoming, outgoing) => {
      const { method, url, headers } = incoming;
      const passed = request({ host: "127.0.0.1", port: targetPort, method, path: url, headers }, (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        outgoing.flushHeaders();
        response.pipe(outgoing).on("close", () => response.destroy());
      });
      passed.on("error", () => outgoing.destroy());
      incoming.pipe(passed);
      outgoing.on("close", () => passed.destroy());
    });
    this.#server.on("upgrade", (_request, socket) => {
      this.refused += 1;
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    });
  }

  static async open(targetPort: number): Promise<RefusingProxy> {
    const proxy = new RefusingProxy(targetPort);
    await once(proxy.#server.listen(0, "127.0.0.1"), "listening");
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`; // a string only where it listens on a pipe
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }
}
