import { RealtimeError } from "@repo/core-realtime";
import { refusalHeaders, refusalStatus } from "@repo/core-realtime/server";
import { HttpRefusal } from "./http-refusal.js";

export function reply(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}

/** `{ error }`, as a client of the channel receives it; what is no refusal is INTERNAL_ERROR, and reported. */
export function failed(cause: unknown, onError: (cause: unknown) => void): Response {
  if (cause instanceof HttpRefusal)
    return reply(cause.status, { error: { code: "PAYLOAD_INVALID", message: cause.message } });
  if (!(cause instanceof RealtimeError)) onError(cause);
  const error = cause instanceof RealtimeError ? cause : new RealtimeError("INTERNAL_ERROR", { cause });
  return reply(statusOf(error), { error: error.toWire() }, refusalHeaders(error));
}

const FAULTS: Readonly<Record<string, number>> = { forbidden: 403, missing: 404, duplicate: 409, reference: 409 };

function statusOf(error: RealtimeError): number {
  const { code, reason, data } = error;
  if (code === "PAYLOAD_INVALID") return 400;
  if (code === "UNAUTHENTICATED") return 401;
  if (code === "INTERNAL_ERROR") return error.retryAfterMs === undefined ? 500 : 503;
  if (reason === "CONFLICT") return 409;
  if (reason !== "CHANGE_REFUSED") return reason === "QUERY_REFUSED" ? 422 : refusalStatus(error);
  return FAULTS[typeof data === "object" && data !== null && "fault" in data ? String(data.fault) : ""] ?? 422;
}
