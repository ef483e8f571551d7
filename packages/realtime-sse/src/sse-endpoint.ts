import { RealtimeError } from "@repo/core-realtime";
import { Capability } from "./capability.js";
import { corsHeaders, preflight } from "./cors.js";
import { Credentials } from "./credentials.js";
import { empty, refusal } from "./short-answer.js";
import { SseConnection, type SseConnectionDeps } from "./sse-connection.js";
import type { SseAnswer, SseHeaders, SseRequest } from "./sse-request.js";
import { takePost, type PostDeps } from "./take-post.js";

const STREAM_HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-store, no-transform", // no-transform: nobody compresses, and so nobody buffers
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
};

/** What the endpoint needs of the server. */
export interface EndpointDeps extends PostDeps, SseConnectionDeps {
  readonly refusesNew: () => boolean;
  readonly opened: (connection: SseConnection) => void;
}

/** One request, whichever face it came by: `GET` opens a stream, `POST` brings frames, `OPTIONS` asks whether it may. */
export async function answerRequest(request: SseRequest, deps: EndpointDeps): Promise<SseAnswer> {
  const refused = deps.gateway.admit(request.handshake);
  const headers = corsHeaders(request, refused);
  switch (request.method) {
    case "OPTIONS":
      return preflight(headers, refused);
    case "GET":
      return openStream(request, headers, { ...deps, refused });
    case "POST":
      return refused && !isNewcomersAffair(refused) ? refusal(403, refused, headers) : takePost(request, headers, deps);
    default:
      return empty(405, { ...headers, allow: "GET, POST, OPTIONS" });
  }
}

/** Who is in already may go on speaking. */
function isNewcomersAffair({ code }: RealtimeError): boolean {
  return code === "DRAINING" || code === "ADDRESS_REFUSED" || code === "TOO_MANY_CONNECTIONS";
}

interface StreamDeps extends EndpointDeps {
  readonly refused: RealtimeError | undefined;
}

function openStream({ handshake }: SseRequest, headers: SseHeaders, deps: StreamDeps): SseAnswer {
  if (deps.refused?.code === "ORIGIN_REFUSED") return refusal(403, deps.refused, headers);
  if (deps.refusesNew()) return refusal(503, new RealtimeError("DRAINING"), headers);
  if (deps.refused) return refusal(403, deps.refused, headers);
  if (!/(?:^|[\s,])text\/event-stream(?:$|[\s,;])/i.test(handshake.headers.accept ?? "")) return empty(406, headers);
  const capability = new Capability();
  const credentials = new Credentials(handshake, deps.identityCookies);
  return {
    kind: "stream",
    headers: { ...headers, ...STREAM_HEADERS, "fourgate-connection": capability.text },
    begin(sink) {
      const connection = new SseConnection(sink, { handshake, capability, credentials }, deps);
      deps.opened(connection);
      connection.open();
    },
  };
}
