import { createAdaptorServer } from "@hono/node-server";
import { NextRequest } from "next/server.js";
import type { Server } from "node:http";
import { openHostSite } from "./host-site.js";
import { listen, type HostUnderTest } from "./listen.js";

type Route = Readonly<Record<string, (request: Request) => Promise<Response>>>;

/** Route handlers as files of `app/` export them, called as Next calls them: by the method, with a `NextRequest`. */
export async function openNextHost(): Promise<HostUnderTest> {
  const site = await openHostSite();
  const routes: Readonly<Record<string, Route>> = {
    "/counter": { GET: site.pages.fetch, POST: site.pages.fetch },
    "/realtime": { GET: site.sse.fetch, POST: site.sse.fetch, OPTIONS: site.sse.fetch },
  };
  const fetch = (request: Request) => {
    const handler = routes[new URL(request.url).pathname]?.[request.method];
    return handler?.(nextRequest(request)) ?? new Response(null, { status: 405 });
  };
  return listen(createAdaptorServer({ fetch }) as Server, site); // HTTP/1, where no other server is given
}

function nextRequest({ url, method, headers, body, signal }: Request): NextRequest {
  return new NextRequest(url, { method, headers, signal, ...(body && { body, duplex: "half" }) });
}
