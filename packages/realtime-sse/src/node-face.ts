import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "@repo/core-realtime";
import { NodeSink } from "./node-sink.js";
import { handshakeOf, type PostedBody, type SseAnswer, type SseRequest } from "./sse-request.js";

const BODY_MS = 10_000; // for at most 256 KiB

/** A request of Node's HTTP server. */
export function nodeRequest(request: IncomingMessage, clock: Clock): SseRequest {
  const shown = Object.entries(request.headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value] as const,
  );
  return {
    method: request.method ?? "",
    handshake: handshakeOf(request.url ?? "/", shown, request.socket.remoteAddress),
    async readBody(maxBytes) {
      const cancel = clock.after(BODY_MS, () => request.destroy());
      try {
        return await readAll(request, maxBytes);
      } catch {
        return "never came whole"; // cut, or too slow
      } finally {
        cancel();
      }
    },
  };
}

/** Gives the answer on Node's response. */
export function nodeAnswer(response: ServerResponse, answer: SseAnswer): void {
  response.on("error", () => undefined); // the peer may be gone already; that is its own affair
  if (answer.kind === "short") {
    const { req: request } = response;
    const rest = request.complete ? {} : { connection: "close" }; // nobody reads what is left of a refused body
    response.writeHead(answer.status, { ...answer.headers, ...rest }).end(answer.body);
    return;
  }
  response.socket?.setTimeout(0); // quiet for hours is what a stream may be
  response.writeHead(200, answer.headers);
  answer.begin(new NodeSink(response));
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
