import type { IncomingMessage, ServerResponse } from "node:http";
import { RealtimeError, type Clock } from "@repo/core-realtime";
import { parsedBody } from "@repo/core-realtime/server";
import { NodeSink } from "./node-sink.js";
import { waitForBody, type PostedBody } from "./posted-body.js";
import { refusal } from "./short-response.js";
import { showRequest, type ShortResponse, type SseResponse, type SseRequest } from "./sse-request.js";

const PIPELINED = new RealtimeError("OVERLOADED", {
  detail: "a stream needs a TCP connection that carries no other response",
});

/** A request of Node's HTTP server. */
export function nodeRequest(request: IncomingMessage, clock: Clock): SseRequest {
  const shown = Object.entries(request.headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value] as const,
  );
  return {
    method: request.method ?? "",
    ...showRequest(request.url ?? "/", shown, request.socket.remoteAddress),
    async readBody(wait) {
      const parsed = parsedBody(request);
      if (parsed === "already read") return parsed;
      if (parsed) return parsed.length > wait.maxBytes ? "too large" : parsed;
      const body = await waitForBody(readAll(request, wait.maxBytes), wait, clock);
      request.removeAllListeners("data").pause(); // what may still come is not kept
      return body;
    },
  };
}

/** Writes the response on Node's ServerResponse. */
export function nodeResponse(response: ServerResponse, reply: SseResponse): void {
  response.on("error", () => undefined); // the peer may be gone already; nothing has to be done then
  if (reply.kind === "short") return giveShort(response, reply);
  // A pipelined request has no socket before the response in front has ended; Node would never report that it was closed meanwhile.
  if (!response.socket) return giveShort(response, refusal(429, PIPELINED, {}));
  response.socket.setTimeout(0); // quiet for hours is what a stream may be
  response.writeHead(200, reply.headers);
  reply.begin(new NodeSink(response));
}

function giveShort(response: ServerResponse, { status, headers, body }: ShortResponse): void {
  const rest = response.req.complete ? {} : { connection: "close" }; // the rest of a refused body is not read
  response.writeHead(status, { ...headers, ...rest }).end(body);
}

async function readAll(request: IncomingMessage, maxBytes: number): Promise<PostedBody> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) return "too large";
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        request.pause();
        resolve("too large");
      } else chunks.push(chunk);
    });
    request.once("end", () => resolve(Buffer.concat(chunks, bytes)));
    request.once("close", () => reject(new Error("cut")));
  });
}
