import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { IRealtimeServer } from "@repo/core-realtime";
import {
  consoleReport,
  refuseUnhandled,
  type HealthEndpoint,
  type Realtime,
  type UpgradeTaker,
} from "@repo/core-realtime/server";
import { NextApp, type CreateNextApp } from "./next-app.js";
import { RouteLoader } from "./route-loader.js";
import { SourceWatch } from "./source-watch.js";
import { createUpgradeHandler } from "./upgrade-handler.js";

/** A transport that is given its requests: `WsRealtimeServer`, `SocketIORealtimeServer`, made without an `httpServer`. */
export interface NextTransport extends IRealtimeServer, UpgradeTaker {
  /** Takes a request of its own path, such as a POST of Socket.IO's polling; absent where it has none. */
  handleRequest?(request: IncomingMessage, response: ServerResponse): void;
}

/** What a Next app is served with. */
export interface NextServerOptions {
  /** The default export of the package `next`. */
  readonly next: CreateNextApp;
  /** The ways in beside the route handler; a transport's `path` has the base path of the app. */
  readonly transports: readonly NextTransport[];
  /** The path of the route handler that has `createNextRealtime`'s GET, with the base path; default `"/realtime"`. */
  readonly route?: `/${string}`;
  /** The `name` given to `createNextRealtime`; default `"default"`. */
  readonly name?: string;
  /** Default: $PORT, or 3000; 0 is any free one. */
  readonly port?: number;
  /** The address to listen at; default: all of this machine. */
  readonly hostname?: string;
  /** Compile on request, and reload handlers that change; default: NODE_ENV is not `"production"`. */
  readonly dev?: boolean;
  /** The folder of the Next app; default: the working directory. */
  readonly dir?: string;
  /** Folders outside the app whose sources it imports, in a workspace: a change reloads the handlers, in development. */
  readonly watch?: readonly string[];
  /** Replies to probes: ready when this server listens, draining when it is about to end. */
  readonly health?: HealthEndpoint;
}

/** A Next app and its realtime transports on one HTTP server. */
export interface NextServer {
  /** The server that listens. */
  readonly httpServer: Server;
  /** The realtime server that the route has set up. */
  readonly realtime: Realtime;
  /** Where it listens. */
  readonly port: number;
  /** Notifies probes and clients, ends the transports, then Next; the caller closes `httpServer`. */
  close(): Promise<void>;
}

/** Prepares Next, has it load the route, serves the transports, and listens. Rejects where one of these fails. `prepared` sees the server before it listens. */
export async function createNextServer(
  options: NextServerOptions,
  prepared: (httpServer: Server, close: () => Promise<void>) => void = () => undefined,
): Promise<NextServer> {
  const { transports, health, route = "/realtime", name = "default", dir, hostname } = options;
  const dev = options.dev ?? process.env["NODE_ENV"] !== "production";
  const port = options.port ?? Number(process.env["PORT"] ?? 3000);
  const app = await NextApp.prepare({ next: options.next, dev, dir, hostname, port });
  const loader = new RouteLoader({ handleRequest: app.handleRequest, route, name });
  const { realtime } = await loader.load();
  for (const transport of transports) await realtime.serve(transport);
  const report = consoleReport("reload of the realtime route");
  const folders = [dir ?? process.cwd(), ...(options.watch ?? []).map((folder) => join(dir ?? process.cwd(), folder))];
  const sources = dev ? new SourceWatch(folders, () => void loader.reload().catch(report)) : undefined;
  const close = async () => {
    health?.drain();
    sources?.close();
    loader.close();
    await realtime.close(dev ? { drainMs: 0 } : {}); // in development nothing is waited for
    await app.close();
  };
  const httpServer = createHttpServer(app, options);
  prepared(httpServer, close);
  const listening = once(httpServer, "listening");
  httpServer.listen(port, hostname);
  await listening;
  health?.ready();
  return { httpServer, realtime, close, port: (httpServer.address() as AddressInfo).port }; // a TCP server's
}

function createHttpServer(app: NextApp, { transports, health }: NextServerOptions): Server {
  const upgrade = createUpgradeHandler(transports, ({ req, socket, head }) => {
    app.handleUpgrade(req, socket, head);
    refuseUnhandled(req, socket);
  });
  const ownerOf = (request: IncomingMessage) => transports.find((one) => one.handleRequest && one.isOwn(request));
  return createServer((request, response) => {
    if (health?.isOwn(request)) return health.handleRequest(request, response);
    const owner = ownerOf(request);
    if (owner?.handleRequest) owner.handleRequest(request, response);
    else app.handleRequest(request, response);
  }).on("upgrade", (req, socket, head) => void upgrade(undefined, { node: { req, socket, head } }));
}
