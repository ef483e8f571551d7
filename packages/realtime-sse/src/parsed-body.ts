import type { IncomingMessage } from "node:http";
import type { PostedBody } from "./posted-body.js";

/**
 * The body of a request that a body parser of the app has read before, such as `express.json()`: what it has left in `request.body`.
 * Undefined where the body has not been read.
 */
export function parsedBody(
  request: IncomingMessage & { readonly body?: unknown },
  maxBytes: number,
): PostedBody | undefined {
  if (!request.readableEnded) return undefined;
  const bytes = bytesOf(request.body);
  if (!bytes) return "already read";
  return bytes.length > maxBytes ? "too large" : bytes;
}

function bytesOf(body: unknown): Uint8Array | undefined {
  if (body instanceof Uint8Array) return body;
  if (typeof body === "string") return Buffer.from(body);
  return Array.isArray(body) ? Buffer.from(JSON.stringify(body)) : undefined;
}
