import { createServer, type Server } from "node:http";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

const CANONICAL = fileURLToPath(new URL("canonical-html.js", import.meta.url));

/** What a browser loads and requests in a test of one client library. */
export interface ClientLibrary {
  readonly name: string;
  /** The file of the library, as it is published. */
  readonly file: string;
  readonly contentType: string;
  /** The element with the id `request` that sends the request to /reply when it is clicked. */
  readonly trigger: string;
  /** The event of the document after which a reply has been applied, or is being applied. */
  readonly event: string;
}

/** A server with one page, and one reply to the request that the library sends from it. */
export class ReplyServer {
  readonly #library: ClientLibrary;
  readonly #server: Server;
  #area = "";
  #reply = "";

  constructor(library: ClientLibrary) {
    this.#library = library;
    this.#server = createServer((request, response) => {
      void this.#body(request.url ?? "/").then(([type, body]) =>
        response.writeHead(200, { "content-type": type }).end(body),
      );
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const { port } = this.#server.address() as AddressInfo; // a string only for a pipe
    return `http://127.0.0.1:${port}`;
  }

  /** The HTML that the page begins with, and the reply that leads to another. */
  set(area: string, reply: string): void {
    this.#area = area;
    this.#reply = reply;
  }

  /** What the next request receives. */
  setReply(reply: string): void {
    this.#reply = reply;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #body(url: string): Promise<readonly [string, string]> {
    if (url === "/client.js") return ["text/javascript; charset=utf-8", await readFile(this.#library.file, "utf8")];
    if (url === "/canonical.js") return ["text/javascript; charset=utf-8", await readFile(CANONICAL, "utf8")];
    if (url === "/reply") return [this.#library.contentType, this.#reply];
    return ["text/html; charset=utf-8", this.#page()];
  }

  #page(): string {
    const { trigger, event } = this.#library;
    const listener = `window.replies = 0; document.addEventListener(${JSON.stringify(event)}, () => { window.replies += 1; });`;
    return `<!doctype html><html><head><title>test</title><script>${listener}</script><script src="/canonical.js"></script><script src="/client.js"></script></head><body>${trigger}<div id="area">${this.#area}</div></body></html>`;
  }
}
