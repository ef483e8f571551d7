import type { Clock } from "@repo/core-realtime";
import { handshakeOf, type PostedBody, type SseAnswer, type SseRequest } from "./sse-request.js";
import { StreamSink } from "./stream-sink.js";

const BODY_MS = 10_000; // for at most 256 KiB

/** A fetch Request, as route handlers get it. */
export function fetchRequest(request: Request, remoteAddress: string | undefined, clock: Clock): SseRequest {
  const { pathname, search, host } = new URL(request.url);
  return {
    method: request.method,
    handshake: handshakeOf(pathname + search, [["host", host], ...request.headers], remoteAddress),
    async readBody(maxBytes) {
      const reader: BodyReader | undefined = request.body?.getReader();
      if (!reader) return new Uint8Array();
      let isLate = false;
      const letGo = () => void reader.cancel().catch(() => undefined);
      const cancel = clock.after(BODY_MS, () => {
        isLate = true; // the reader is told "done", as it is at a true end
        letGo();
      });
      try {
        const body = await readAll(reader, maxBytes);
        return isLate ? "never came whole" : body;
      } catch {
        return "never came whole"; // cut
      } finally {
        cancel();
        letGo();
      }
    },
  };
}

/** The answer as a fetch Response. */
export function fetchResponse({ signal }: Request, answer: SseAnswer): Response {
  if (answer.kind === "short")
    return new Response(answer.body || null, { status: answer.status, headers: { ...answer.headers } });
  const sink = new StreamSink(signal);
  answer.begin(sink);
  return new Response(sink.body, { headers: { ...answer.headers } });
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
