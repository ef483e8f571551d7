import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { RecordsEndpoint } from "./records-endpoint.js";

/**
 * The endpoint for node:http and Express.
 * @example app.use("/data", serveNode(endpoint));
 */
export function serveNode(endpoint: RecordsEndpoint): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    void serve(endpoint, request, response).catch(() => response.destroy()); // the client has gone: nobody reads a reply
  };
}

async function serve(endpoint: RecordsEndpoint, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const shown = requestOf(request);
  if (!shown) return void response.writeHead(400, { connection: "close" }).end(); // no URL, or no method that fetch knows
  const reply = await endpoint(shown);
  const body = Buffer.from(await reply.arrayBuffer());
  response.writeHead(reply.status, Object.fromEntries(reply.headers));
  response.end(body);
}

/** Express takes its mount path off `url`, and keeps the whole. Undefined where it is no request that fetch knows. */
function requestOf(request: IncomingMessage & { readonly originalUrl?: string }): Request | undefined {
  const { method = "GET", headers, originalUrl, url = "/" } = request;
  const shown = new Headers();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !name.startsWith(":")) shown.set(name, String(value));
  const hasBody = method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
  try {
    return new Request(new URL(originalUrl ?? url, `http://${headers.host ?? "localhost"}`), {
      method,
      headers: shown,
      ...(hasBody && { body: Readable.toWeb(request) as ReadableStream, duplex: "half" }),
    });
  } catch {
    return undefined;
  }
}
