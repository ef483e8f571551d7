import type { IncomingMessage } from "node:http";

/**
 * The body of a request that a body parser of the app has read before, such as `express.json()`: what it has left in `request.body`.
 * Undefined where the body has not been read; `"already read"` where nothing of it is left, or only what is no longer its text.
 */
export function parsedBody(
  request: IncomingMessage & { readonly body?: unknown },
): Uint8Array<ArrayBuffer> | "already read" | undefined {
  if (!request.readableEnded) return undefined;
  const { body, headers } = request;
  if (body instanceof Uint8Array) return unshared(body);
  if (typeof body === "string") return Buffer.from(body);
  const isJson = headers["content-type"]?.startsWith("application/json");
  return isJson && body !== undefined ? Buffer.from(JSON.stringify(body)) : "already read";
}

/** The same bytes without a copy: the endpoint has not checked their size yet. Only shared memory is copied, since fetch refuses it. */
function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  return buffer instanceof ArrayBuffer ? new Uint8Array(buffer, byteOffset, byteLength) : Uint8Array.from(bytes);
}

/** What a developer has to do where a body was read before, and nothing of it is left. */
export const READ_BEFORE =
  "the body was read before, and is not in request.body: call this server before the body parser";
