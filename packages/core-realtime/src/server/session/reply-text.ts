import { RealtimeError, type RealtimeErrorOptions } from "../../wire/realtime-error.js";
import type { RealtimeErrorCode } from "../../wire/error-codes.js";
import type { Outcome } from "./reply-cache.js";

interface StoredRefusal extends Pick<RealtimeErrorOptions, "detail" | "reason" | "data"> {
  readonly code: RealtimeErrorCode;
}

/** An outcome as a reply store keeps it: `+` and the result's JSON text, or `-` and the refusal's. Throws where its data is no JSON. */
export function replyText(outcome: Outcome): string {
  if (outcome.ok) return `+${outcome.result ?? ""}`;
  if (!(outcome.error instanceof RealtimeError)) throw new TypeError("Only a refusal has a reply.");
  const { code, detail, reason, data } = outcome.error;
  return `-${JSON.stringify({ code, detail, reason, data } satisfies StoredRefusal)}`;
}

export function outcomeOf(text: string): Outcome {
  const json = text.slice(1);
  if (text.startsWith("+")) return { ok: true, result: json === "" ? undefined : json };
  const { code, ...options } = JSON.parse(json) as StoredRefusal; // written by a node of this cluster
  return { ok: false, error: new RealtimeError(code, options) };
}
