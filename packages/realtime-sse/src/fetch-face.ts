import type { Clock } from "@repo/core-realtime";
import { waitForBody, type PostedBody } from "./posted-body.js";
import { showRequest, type SseResponse, type SseRequest } from "./sse-request.js";
import { StreamSink } from "./stream-sink.js";

const ANSWER_MS = 1_000; // to send the response to a body that is not read on: a host may close the connection when it is cancelled

/** A fetch Request, as route handlers get it. */
export function fetchRequest(request: Request, remoteAddress: string | undefined, clock: Clock): SseRequest {
  const { pathname, search, host } = new URL(request.url);
  return {
    method: request.method,
    ...showRequest(pathname + search, [["host", host], ...request.headers], remoteAddress),
    async readBody(wait) {
      if (request.bodyUsed) return "already read";
      const reader: BodyReader | undefined = request.body?.getReader();
      if (!reader) return new Uint8Array();
      const body = await waitForBody(readAll(reader, wait.maxBytes), wait, clock);
      const cancel = () => void reader.cancel().catch(() => undefined);
      if (typeof body === "string") clock.after(ANSWER_MS, cancel);
      else cancel();
      return body;
    },
  };
}

/** The response as a fetch Response. */
export function fetchResponse({ signal }: Request, reply: SseResponse): Response {
  if (reply.kind === "short")
    return new Response(reply.body || null, { status: reply.status, headers: { ...reply.headers } });
  const sink = new StreamSink(signal);
  reply.begin(sink);
  return new Response(sink.body, { headers: { ...reply.headers } });
}

type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

async function readAll(reader: BodyReader, maxBytes: number): Promise<PostedBody> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks, bytes);
    bytes += value.length;
    if (bytes > maxBytes) return "too large";
    chunks.push(value);
  }
}
