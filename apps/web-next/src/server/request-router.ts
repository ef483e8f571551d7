import type { RequestListener } from "node:http";
import { isOriginForm, ownerOf, type PathOwner } from "./request-path";

/** Requests to `path`, and to all that lies under it, go to `request`. */
export interface RequestRoute extends PathOwner {
  readonly request: RequestListener;
}

/** The one `request` listener of an HTTP server: the first route that owns the path, else the pages. */
export function createRequestRouter(routes: readonly RequestRoute[], pages: RequestListener): RequestListener {
  return (request, response) => {
    if (!isOriginForm(request.url)) return void response.writeHead(400, { connection: "close" }).end();
    const route = ownerOf(routes, request.url);
    if (route) route.request(request, response);
    else pages(request, response);
  };
}
