import { createServer, type Server } from "node:http";
import type { HealthEndpoint } from "@repo/core-realtime/server";
import type { Environment } from "./environment";
import { createHostCheck } from "./host-check";
import { HTTP_LIMITS } from "./http-limits";
import type { NextPages } from "./next-pages";
import { createRequestRouter, type RequestRoute } from "./request-router";
import { createUpgradeRouter, refuseUpgrade, type UpgradeRoute } from "./upgrade-router";

/** What the one HTTP server has behind it. */
export interface HttpServerParts {
  readonly environment: Environment;
  /** Replies to probes, whatever host they name. */
  readonly health: HealthEndpoint;
  readonly routes: readonly (RequestRoute & UpgradeRoute)[];
  readonly pages: NextPages;
}

/** The one HTTP server: our own paths first, then the pages, for requests and upgrades alike. */
export function createHttpServer({ environment, health, routes, pages }: HttpServerParts): Server {
  const isOurs = createHostCheck(environment);
  const respond = createRequestRouter(routes, pages.request);
  const upgrade = createUpgradeRouter([...routes, ...pages.upgrades]);
  const server = createServer(HTTP_LIMITS, (request, response) => {
    if (health.isOwn(request)) health.handleRequest(request, response);
    else if (isOurs(request.headers.host)) respond(request, response);
    else response.writeHead(421, { connection: "close" }).end();
  });
  return server.on("upgrade", (request, socket, head) => {
    if (isOurs(request.headers.host)) upgrade(request, socket, head);
    else refuseUpgrade(socket, 421);
  });
}
