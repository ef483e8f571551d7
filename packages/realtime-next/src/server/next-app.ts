import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { shareStandaloneConfig } from "./standalone-config.js";

/** The default export of the package `next`, by structure: its version is the app's. */
export type CreateNextApp = (options: {
  readonly dev: boolean;
  readonly dir?: string;
  readonly hostname?: string;
  readonly port?: number;
  readonly httpServer: Server;
}) => {
  prepare(): Promise<void>;
  getRequestHandler(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  close(): Promise<void>;
};

/** Where Next looks for its app, and how it compiles. */
export interface NextAppOptions {
  /** The default export of the package `next`. */
  readonly next: CreateNextApp;
  /** Whether Next compiles on request. */
  readonly dev: boolean;
  /** Default: the working directory. */
  readonly dir?: string | undefined;
  /** The host that Next names in addresses of its own. */
  readonly hostname?: string | undefined;
  /** The port that Next names in addresses of its own; it does not listen. */
  readonly port?: number | undefined;
}

/**
 * Next behind an HTTP server that it does not see. Next adds an `upgrade` listener to the server that it is given, and that listener
 * ends every WebSocket whose path a route has; so it is given another one, and receives only the upgrades that nobody else owns.
 */
export class NextApp {
  readonly #app: ReturnType<CreateNextApp>;
  readonly #shown: Server;
  readonly #handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;

  private constructor(app: ReturnType<CreateNextApp>, shown: Server) {
    this.#app = app;
    this.#shown = shown;
    this.#handle = app.getRequestHandler();
  }

  /** Resolves when Next can reply; rejects where the app does not compile or is not built. */
  static async prepare({ next, dev, dir, hostname, port }: NextAppOptions): Promise<NextApp> {
    if (!dev) shareStandaloneConfig(dir ?? process.cwd());
    const shown = createServer();
    const app = next({
      dev,
      httpServer: shown,
      ...(dir !== undefined && { dir }),
      ...(hostname !== undefined && { hostname }),
      ...(port !== undefined && { port }),
    });
    await app.prepare();
    return new NextApp(app, shown);
  }

  /** Replies with a page, a file or a route. */
  readonly handleRequest = (request: IncomingMessage, response: ServerResponse): void => {
    void this.#handle(request, response).catch(() => response.destroy()); // Next has reported it
  };

  /** Next's own upgrades: hot reload in development, rewrites to another server. False where it takes none: it listens from its first request on. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    return this.#shown.emit("upgrade", request, socket, head);
  }

  /** Ends Next's own watchers and connections. */
  close(): Promise<void> {
    return this.#app.close();
  }
}
