/** Responds to a request of a route handler. */
type Respond = (request: Request) => Promise<Response>;

// Next bundles its own copy of every module; only the global object is the same in both, as in the-app.ts.
const SHARED = Symbol.for("fourgate.web-next.route-stream");
const shared = globalThis as { [SHARED]?: Respond };

/** Makes a stream the one from which the route handler responds. Called by server.ts. */
export function shareRouteStream(respond: Respond): void {
  shared[SHARED] = respond;
}

/** The stream that server.ts shared; without a server, there is none. */
export function routeStream(request: Request): Promise<Response> {
  return shared[SHARED]?.(request) ?? Promise.resolve(new Response(null, { status: 503 }));
}
