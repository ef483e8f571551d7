import { ERROR_CODES, type RealtimeErrorCode } from "./error-codes.js";
import type { WireError } from "./frames.js";

/** What belongs to one error. `detail`, `reason` and `data` reach the client; `cause` is logged, never sent. */
export interface RealtimeErrorOptions {
  /** What belongs to this case, at most 200 characters; reaches the client. */
  readonly detail?: string | undefined;
  /** The error behind it; shown to observers, never sent. */
  readonly cause?: unknown;
  /** Not before so many ms have passed. */
  readonly retryAfterMs?: number | undefined;
  /** The app's own code; see `refuse`. */
  readonly reason?: string | undefined;
  /** What belongs to the reason; JSON, reaches the client. */
  readonly data?: unknown;
}

const MAX_DETAIL = 200; // often a peer's own text, and a log is no place for four thousand of them
const HALF_PAIR = /[\uD800-\uDBFF]$/; // what the cut left of a surrogate pair

const BRAND = Symbol.for("fourgate.realtime-error"); // in the global registry: a bundler may load this module more than once

/** The one error class: a code of the table, with what belongs to this case. An error of another copy of this module is an instance too. */
export class RealtimeError extends Error {
  override readonly name = "RealtimeError";
  /** The code of the table. */
  readonly code: RealtimeErrorCode;
  /** What belongs to this case; reaches the client. */
  readonly detail: string | undefined;
  /** Not before so many ms have passed. */
  readonly retryAfterMs: number | undefined;
  /** The app's own code; see `refuse`. */
  readonly reason: string | undefined;
  /** What belongs to the reason; reaches the client. */
  readonly data: unknown;

  constructor(code: RealtimeErrorCode, options: RealtimeErrorOptions = {}) {
    const { cause, retryAfterMs, reason, data } = options;
    const { sentence } = ERROR_CODES[code];
    const detail = options.detail?.slice(0, MAX_DETAIL).replace(HALF_PAIR, "");
    super(detail === undefined ? sentence : `${sentence} (${detail})`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
    this.reason = reason;
    this.data = data;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  get [BRAND](): true {
    return true;
  }

  /** The close code of the table, or null where the connection stays open. */
  get closeCode(): number | null {
    return ERROR_CODES[this.code].closeCode;
  }

  /** The error as a client receives it. */
  toWire(): WireError {
    const { code, message, detail, retryAfterMs, reason, data } = this;
    return {
      code,
      message,
      retry: ERROR_CODES[code].retry,
      ...(detail !== undefined && { detail }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(reason !== undefined && { reason }),
      ...(data !== undefined && { data }),
    };
  }
}
