import type { RealtimeError } from "@repo/core-realtime";
import { refusalHeaders } from "@repo/core-realtime/server";
import type { ShortResponse, SseHeaders } from "./sse-request.js";

/** A refusal, as the frame that a client would receive on a stream. */
export function refusal(status: number, error: RealtimeError, headers: SseHeaders): ShortResponse {
  const body = JSON.stringify({ type: "error", error: error.toWire() });
  const own = { ...refusalHeaders(error), "content-type": "application/json" };
  return { kind: "short", status, body, headers: { ...headers, ...PLAIN, ...own } };
}

/** A status and no more. */
export function empty(status: number, headers: SseHeaders): ShortResponse {
  return { kind: "short", status, body: "", headers: { ...headers, ...PLAIN } };
}

const PLAIN = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
