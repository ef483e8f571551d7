import { ERROR_CODES, type RealtimeErrorCode } from "./error-codes.js";
import type { WireError } from "./frames.js";

/** What may be said with a code. `detail` reaches the client; `cause` is logged, never sent. */
export interface RealtimeErrorOptions {
  readonly detail?: string | undefined;
  readonly cause?: unknown;
  readonly retryAfterMs?: number | undefined;
}

const MAX_DETAIL = 200; // often a peer's own words, and a log is no place for four thousand of them

/** The one error class: a code of the table, with what belongs to this case. */
export class RealtimeError extends Error {
  override readonly name = "RealtimeError";
  readonly code: RealtimeErrorCode;
  readonly detail: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: RealtimeErrorCode, { detail: said, cause, retryAfterMs }: RealtimeErrorOptions = {}) {
    const { sentence } = ERROR_CODES[code];
    const detail = said?.slice(0, MAX_DETAIL);
    super(detail === undefined ? sentence : `${sentence} (${detail})`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
  }

  /** The close code of the table, or null where the connection stays open. */
  get closeCode(): number | null {
    return ERROR_CODES[this.code].closeCode;
  }

  /** What a client is shown. */
  toWire(): WireError {
    const wire: WireError = { code: this.code, message: this.message, retry: ERROR_CODES[this.code].retry };
    return this.retryAfterMs === undefined ? wire : { ...wire, retryAfterMs: this.retryAfterMs };
  }
}
