import type { RealtimeError } from "@repo/core-realtime";
import { empty } from "./short-response.js";
import type { SseResponse, SseHeaders, SseRequest } from "./sse-request.js";

const PREFLIGHT_AGE_S = 600; // a changed allow-list takes effect within ten minutes

/**
 * What a page of this origin may read. An origin is named only after the allow-list has allowed it: nothing is reflected. Any page may
 * read the refusal itself, without cookies: it contains nothing that the page does not have already.
 */
export function corsHeaders({ handshake }: SseRequest, refused: RealtimeError | undefined): SseHeaders {
  const { origin } = handshake.headers;
  if (origin === undefined) return { vary: "Origin" };
  if (refused?.code === "ORIGIN_REFUSED") return { vary: "Origin", "access-control-allow-origin": "*" };
  return {
    vary: "Origin",
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": "fourgate-connection",
  };
}

/** The browser's preflight before a cross-origin POST, or before a GET that carries a token. */
export function preflight(headers: SseHeaders, refused: RealtimeError | undefined): SseResponse {
  if (refused?.code === "ORIGIN_REFUSED") return empty(403, headers);
  return empty(204, {
    ...headers,
    allow: "GET, POST, OPTIONS",
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers":
      "accept, authorization, content-type, fourgate-connection, fourgate-first, last-event-id",
    "access-control-max-age": String(PREFLIGHT_AGE_S),
  });
}
