import { once } from "node:events";
import { createServer, request as sendRequest, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { ProcessRealtime } from "../process-realtime.js";

const LOOPBACK = "127.0.0.1";
const RELOAD_WAITS_MS = [50, 300, 1_500]; // a bundler notices a changed file at about the same time as we do, or later

/** Which route, and who replies to its requests. */
export interface RouteLoaderDeps {
  readonly handleRequest: RequestListener;
  /** The path of the route handler, with the base path. */
  readonly route: string;
  /** The `name` given to `createNextRealtime`. */
  readonly name: string;
}

/** Has Next load the route that calls `createNextRealtime`: handlers and pages then share one copy of the app's modules. */
export class RouteLoader {
  readonly #deps: RouteLoaderDeps;
  #reloading: Promise<void> | undefined;
  #isChanged = false;
  #isClosed = false;

  constructor(deps: RouteLoaderDeps) {
    this.#deps = deps;
  }

  /** The realtime server of the route. Throws a TypeError where the route has none. */
  async load(): Promise<ProcessRealtime> {
    const { name, route } = this.#deps;
    const status = await this.#request();
    const loaded = ProcessRealtime.find(name);
    if (loaded) return loaded;
    throw new TypeError(
      `startNextServer: OPTIONS ${route} replied ${status}, and createNextRealtime was not called${name === "default" ? "" : ` with name "${name}"`}. ` +
        `Export its GET, POST and OPTIONS from the app's ${route}/route.ts, or set route to where they are, with the basePath; a middleware has to let it pass.`,
    );
  }

  /** After a file has changed: requests the route until its new code has been set up, or nothing of it has changed. */
  reload(): Promise<void> {
    this.#isChanged = true;
    this.#reloading ??= this.#reloadAll().finally(() => (this.#reloading = undefined));
    return this.#reloading;
  }

  close(): void {
    this.#isClosed = true;
  }

  async #reloadAll(): Promise<void> {
    while (this.#isChanged && !this.#isClosed) {
      this.#isChanged = false;
      const before = ProcessRealtime.find(this.#deps.name)?.setUps;
      for (const waitMs of RELOAD_WAITS_MS) {
        await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
        if (this.#isClosed) return;
        await this.#request();
        if (ProcessRealtime.find(this.#deps.name)?.setUps !== before) break;
      }
    }
  }

  /** Over a socket: Next takes Node's requests alone. Resolves with the status. */
  async #request(): Promise<number | undefined> {
    const server = createServer(this.#deps.handleRequest).listen(0, LOOPBACK);
    try {
      await once(server, "listening");
      const { port } = server.address() as AddressInfo; // a TCP server's
      const sent = sendRequest({ host: LOOPBACK, port, path: this.#deps.route, method: "OPTIONS", agent: false }).end();
      const [response] = await once(sent, "response");
      response.resume();
      await once(response, "end");
      return response.statusCode;
    } finally {
      server.close();
    }
  }
}
