import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { serveNode } from "@repo/core-realtime/server";
import type { LivePages } from "@repo/live-ui";
import express from "express";
import { openHostSite } from "./host-site.js";
import { listen, type HostUnderTest } from "./listen.js";

export async function openExpressHost(): Promise<HostUnderTest> {
  const site = await openHostSite();
  const app = express();
  app.use(livePages(site.pages));
  app.use((request, response, next) => {
    if (site.sse.isOwn(request)) site.sse.handleRequest(request, response);
    else next();
  });
  app.use(express.urlencoded(), express.json());
  return listen(createServer(app), site);
}

/** As in the guide. */
function livePages(pages: LivePages) {
  const serve = serveNode(pages.fetch);
  return (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pages.isPage(pathname)) serve(request, response);
    else next();
  };
}
