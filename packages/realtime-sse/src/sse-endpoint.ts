import { RealtimeError } from "@repo/core-realtime";
import { refusalStatus } from "@repo/core-realtime/server";
import { Capability } from "./capability.js";
import { corsHeaders, preflight } from "./cors.js";
import { Credentials, type IdentityCookies } from "./credentials.js";
import { Identity } from "./identity.js";
import { empty, refusal } from "./short-response.js";
import { SseConnection, type SseConnectionDeps } from "./sse-connection.js";
import type { SseResponse, SseHeaders, SseRequest } from "./sse-request.js";
import { takePost, type PostDeps } from "./take-post.js";

const STREAM_HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-store, no-transform", // no-transform: no proxy compresses, and so none buffers
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
};

/** What the endpoint needs of the server. */
export interface EndpointDeps extends PostDeps, SseConnectionDeps {
  readonly identityCookies: IdentityCookies;
  readonly refusesNew: () => boolean;
  readonly opened: (connection: SseConnection) => void;
}

/** One request, whichever interface it came by: `GET` opens a stream, `POST` brings frames, `OPTIONS` is a preflight. */
export async function replyToRequest(request: SseRequest, deps: EndpointDeps): Promise<SseResponse> {
  const { gateway } = deps;
  const isNewcomer = request.method === "GET" && acceptsStream(request);
  const refused = isNewcomer ? gateway.admit(request.handshake) : gateway.checkRequest(request.handshake);
  const headers = corsHeaders(request, refused);
  switch (request.method) {
    case "OPTIONS":
      return preflight(headers, refused);
    case "GET":
      if (isNewcomer || refused) return openStream(request, headers, { ...deps, refused });
      return empty(406, headers);
    case "POST":
      return refused ? refusal(403, refused, headers) : takePost(request, headers, deps);
    default:
      return empty(405, { ...headers, allow: "GET, POST, OPTIONS" });
  }
}

function acceptsStream({ handshake: { headers } }: SseRequest): boolean {
  return /(?:^|[\s,])text\/event-stream(?:$|[\s,;])/i.test(headers.accept ?? "");
}

interface StreamDeps extends EndpointDeps {
  readonly refused: RealtimeError | undefined;
}

function openStream({ handshake, malformed }: SseRequest, headers: SseHeaders, deps: StreamDeps): SseResponse {
  if (deps.refused?.code === "ORIGIN_REFUSED") return refusal(403, deps.refused, headers);
  if (deps.refusesNew()) return refusal(503, new RealtimeError("DRAINING"), headers);
  if (deps.refused) return refusal(refusalStatus(deps.refused), deps.refused, headers);
  if (malformed) return refusal(400, malformed, headers);
  const capability = new Capability();
  const identity = new Identity(new Credentials(handshake, deps.identityCookies), deps.clock);
  return {
    kind: "stream",
    headers: { ...headers, ...STREAM_HEADERS, "fourgate-connection": capability.text },
    begin(sink) {
      const connection = new SseConnection(sink, { handshake, capability, identity }, deps);
      deps.opened(connection);
      connection.open();
    },
  };
}
