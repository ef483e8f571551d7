import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRealtime, serveNode } from "@repo/core-realtime/server";
import { createLivePages, InMemoryStateStore } from "@repo/live-ui";
import { SseRealtimeServer } from "@repo/realtime-sse";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { pageLayout } from "../pages/page-layout.js";
import { allPages } from "../pages/all-pages.js";
import { bundleAssets } from "./assets.js";
import type { Environment } from "./environment.js";
import { withSecurityHeaders } from "./security-headers.js";

/** A running node. */
export interface LiveNode {
  readonly origin: string;
  close(): Promise<void>;
}

const REALTIME_PATH = "/realtime";

/** Serves the pages over HTTP, WebSocket and SSE on one port. */
export async function startLiveNode({ host, port, secret }: Environment): Promise<LiveNode> {
  const authenticator = { authenticate: () => null }; // every visitor is anonymous here
  const assets = await bundleAssets();
  const { pages: list, bind } = allPages(() => realtime);
  const pages = createLivePages({
    pages: list,
    secrets: [secret],
    claims: new InMemoryStateStore(), // states travel in tokens; only what runs once is remembered here
    authenticator,
    layout: pageLayout,
    scripts: ["/assets/start.js"],
  });
  const realtime = createRealtime({ authenticator, guards: [pages.guard] });
  const sse = new SseRealtimeServer({ path: REALTIME_PATH });
  const servePages = serveNode(withSecurityHeaders(pages.fetch));
  const httpServer = createServer((request, response) => {
    if (sse.isOwn(request)) sse.handleRequest(request, response);
    else if (!assets.serve(request, response)) servePages(request, response);
  });
  pages.bind(realtime.registry);
  const unbind = bind(pages, realtime);
  await realtime.serve(new WsRealtimeServer({ httpServer, path: REALTIME_PATH }));
  await realtime.serve(sse);
  httpServer.listen(port, host);
  await once(httpServer, "listening");
  const { port: given } = httpServer.address() as AddressInfo; // it listens on no pipe
  return {
    origin: `http://${host}:${given}`,
    async close() {
      unbind();
      pages.close();
      await realtime.close({ drainMs: 500 });
      httpServer.closeAllConnections();
      httpServer.close();
      await once(httpServer, "close");
    },
  };
}
