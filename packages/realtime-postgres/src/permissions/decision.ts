import { RealtimeError } from "@repo/core-realtime";
import { SqlError } from "../client/sql-client.js";

/** What the database decided of one request. */
export type Decision =
  | { readonly kind: "allowed"; readonly messageId: string }
  | { readonly kind: "refused" }
  /** No pattern matches the name, or it is disabled. */
  | { readonly kind: "disabled" }
  /** The payload is none that the tables take. */
  | { readonly kind: "invalid"; readonly why: string }
  /** A policy, a function that it calls, or the change of the role raised an error. */
  | { readonly kind: "failed"; readonly error: SqlError };

/** Reads one element of what the procedures return; see migrations/0003_channels.sql. */
export function readDecision(text: string): Decision {
  switch (text[0]) {
    case "t":
      return { kind: "allowed", messageId: text.slice(1) };
    case "f":
      return { kind: "refused" };
    case "d":
      return { kind: "disabled" };
    default:
      return readFailure(text.slice(1, 6), text.slice(6));
  }
}

function readFailure(code: string, message: string): Decision {
  if (code === "RT001") return { kind: "disabled" };
  if (code === "RT002") return { kind: "invalid", why: message.split("\n", 1)[0] ?? message };
  if (code === "42501" && message.startsWith("new row violates row-level security policy")) return { kind: "refused" };
  return { kind: "failed", error: new SqlError(message, { code, isUnavailable: TRANSIENT.test(code) }) };
}

/** The same request may succeed: a deadlock, a conflict, a lock that was not had in time, no memory, a shutdown. */
const TRANSIENT = /^(40|53|55P03|57)/;
const RETRY_AFTER_MS = 1_000;

/** The refusal of a decision; undefined where it allows. The policy's own error is its cause: observers see it, clients never do. */
export function refusalOfDecision(decision: Decision, channel: string): RealtimeError | undefined {
  switch (decision.kind) {
    case "allowed":
      return undefined;
    case "refused":
      return new RealtimeError("UNAUTHORIZED", { detail: channel });
    case "disabled":
      return new RealtimeError("CHANNEL_DISABLED", { detail: channel });
    case "invalid":
      return new RealtimeError("PAYLOAD_INVALID", { detail: decision.why });
    case "failed": {
      const { error: cause } = decision;
      if (!cause.isUnavailable) return new RealtimeError("UNAUTHORIZED", { detail: channel, cause });
      return new RealtimeError("INTERNAL_ERROR", { detail: channel, retryAfterMs: RETRY_AFTER_MS, cause });
    }
    default:
      return decision satisfies never;
  }
}

/** The refusal where the database decided nothing at all. */
export function undecided(cause: unknown): RealtimeError {
  const detail = cause instanceof SqlError && cause.isUnavailable ? "the database is away" : undefined;
  return new RealtimeError("INTERNAL_ERROR", { detail, retryAfterMs: RETRY_AFTER_MS, cause });
}

/** Whether a refusal means that the database could not decide, and may be able to later. */
export function isUndecided(refusal: unknown): boolean {
  return refusal instanceof RealtimeError && refusal.cause instanceof SqlError && refusal.cause.isUnavailable;
}
