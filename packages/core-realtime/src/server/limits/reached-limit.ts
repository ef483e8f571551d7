import type { RealtimeErrorCode } from "../../wire/error-codes.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeLimits } from "./limits.js";

const LIMITS = {
  messagesPerSecond: { code: "RATE_LIMITED", isShared: false },
  messagesPerSecondPerUser: { code: "RATE_LIMITED", isShared: true },
  messagesPerSecondPerAddress: { code: "RATE_LIMITED", isShared: true },
  maxConnectionsPerUser: { code: "TOO_MANY_CONNECTIONS", isShared: true },
  maxConnectionsPerAddress: { code: "TOO_MANY_CONNECTIONS", isShared: true },
  maxConnections: { code: "TOO_MANY_CONNECTIONS", isShared: true },
} as const satisfies Partial<Record<keyof RealtimeLimits, { code: RealtimeErrorCode; isShared: boolean }>>;

/** Until some of many connections may have closed. */
const CONNECT_AGAIN_MS = 10_000;

/** Which limit was reached, and by which subject: the cause of a refusal, for observers. The client sees its code alone. */
export class ReachedLimit {
  readonly limit: keyof typeof LIMITS;
  /** A user's id, an address, or nothing where it is the connection's or the node's own. */
  readonly of: string | undefined;

  constructor(limit: keyof typeof LIMITS, of: string | undefined) {
    this.limit = limit;
    this.of = of;
  }

  /** Several connections reach it together: the one that is refused may have done nothing wrong. */
  get isShared(): boolean {
    return LIMITS[this.limit].isShared;
  }
}

/** The refusal of what goes beyond a limit. */
export function overLimit(limit: keyof typeof LIMITS, of?: string, retryAfterMs = CONNECT_AGAIN_MS): RealtimeError {
  return new RealtimeError(LIMITS[limit].code, { retryAfterMs, cause: new ReachedLimit(limit, of) });
}
