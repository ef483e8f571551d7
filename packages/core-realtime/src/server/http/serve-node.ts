import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { parsedBody, READ_BEFORE } from "./parsed-body.js";
import { setRemoteAddress } from "./remote-address.js";

/** Takes a request of the Fetch standard: a Next route handler, Hono, Bun and Deno call it as it is. */
export type FetchEndpoint = (request: Request) => Promise<Response>;

/**
 * An endpoint for node:http and Express. The signal of its requests aborts when the client disconnects before the reply is written.
 * @example app.use("/data", serveNode(endpoint));
 */
export function serveNode(endpoint: FetchEndpoint): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    void serve(endpoint, request, response).catch(() => response.destroy()); // the client has gone: a reply would not be read
  };
}

async function serve(endpoint: FetchEndpoint, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  const body = hasBody(request) ? parsedBody(request) : undefined;
  if (body === "already read") return void response.writeHead(500).end(`Refused: ${READ_BEFORE}.\n`);
  const shown = requestOf(request, { signal: gone.signal, body });
  if (!shown) return void response.writeHead(400, { connection: "close" }).end(); // no URL, or no method that fetch supports
  response.once("close", () => {
    if (!response.writableFinished && !shown.signal.aborted) gone.abort(); // holds the request, or its signal would not follow once it is collected
  });
  const reply = await endpoint(shown);
  const bytes = Buffer.from(await reply.arrayBuffer());
  for (const [name, value] of reply.headers) if (name !== "set-cookie") response.setHeader(name, value);
  const cookies = reply.headers.getSetCookie(); // the only header that may come several times
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  response.writeHead(reply.status);
  response.end(bytes);
}

/** Express takes its mount path off `url`, and keeps the whole. Undefined where it is no request that fetch supports. */
function requestOf(
  request: IncomingMessage & { readonly originalUrl?: string },
  { signal, body }: { readonly signal: AbortSignal; readonly body: Uint8Array<ArrayBuffer> | undefined },
): Request | undefined {
  const { method = "GET", headers, originalUrl, url = "/", socket } = request;
  const shown = new Headers();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !name.startsWith(":")) shown.set(name, String(value));
  try {
    const made = new Request(new URL(originalUrl ?? url, `http://${headers.host ?? "localhost"}`), {
      method,
      headers: shown,
      signal,
      ...(hasBody(request) && { body: body ?? (Readable.toWeb(request) as ReadableStream), duplex: "half" }),
    });
    setRemoteAddress(made, socket.remoteAddress);
    return made;
  } catch {
    return undefined;
  }
}

function hasBody({ method = "GET" }: IncomingMessage): boolean {
  return method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
}
