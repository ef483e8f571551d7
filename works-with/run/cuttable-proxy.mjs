import { connect, createServer } from "node:net";

/** A TCP proxy on loopback whose connections can be cut: while it is cut, it accepts none. */
export class CuttableProxy {
  #server;
  #target;
  #sockets = new Set();
  #isCut = false;

  constructor(targetPort) {
    this.#target = targetPort;
    this.#server = createServer((client) => this.#pipe(client));
  }

  async listen() {
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this.#server.address().port;
  }

  cut() {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  restore() {
    this.#isCut = false;
  }

  close() {
    this.cut();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  #pipe(client) {
    client.on("error", () => client.destroy());
    if (this.#isCut) return void client.destroy();
    const server = connect(this.#target, "127.0.0.1");
    server.on("error", () => client.destroy());
    for (const [one, other] of [
      [client, server],
      [server, client],
    ]) {
      this.#sockets.add(one);
      one.on("close", () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }
}
