import type {
  ChannelRefusal,
  RealtimeChannel,
  RealtimeErrorCode,
  RefusalCode,
  Retry,
  WireError,
} from "@repo/core-realtime";

/** A refusal by the server, or by this client under a code of the same table. */
export class RealtimeRefusal extends Error {
  override readonly name = "RealtimeRefusal";
  /** The code of the table. */
  declare readonly code: RealtimeErrorCode;
  /** Whether, and when, the same request makes sense again. */
  declare readonly retry: Retry;
  /** What belongs to this case; `message` has it too, for a log. */
  declare readonly detail?: string | undefined;
  /** Not before so many ms have passed. */
  declare readonly retryAfterMs?: number | undefined;
  /** With `REFUSED`: the app's own code, one of the channel's `errors`. */
  declare readonly reason?: string | undefined;
  /** What belongs to `reason`; `isRefusal` narrows its type. */
  declare readonly data?: unknown;

  constructor(error: WireError) {
    super(error.message);
    Object.assign(this, error);
  }
}

/** A refusal by this client itself. It has no sentence: the table of codes would not fit into a small bundle. */
export function refusal(code: RealtimeErrorCode, retry: Retry = "never"): RealtimeRefusal {
  return new RealtimeRefusal({ code, message: code, retry });
}

/**
 * Whether an error is a refusal with this code, which the channel declares in its `errors`; narrows `reason` and `data`. Without the channel itself, which
 * brings its schemas along, its type is enough.
 * @example if (isRefusal<typeof board, "CONFLICT">(error, undefined, "CONFLICT")) show(error.data.row);
 */
export function isRefusal<C extends RealtimeChannel, Code extends RefusalCode<C>>(
  error: unknown,
  channel: C | undefined,
  code: Code,
): error is RealtimeRefusal & ChannelRefusal<C, Code> {
  if (channel && !Object.hasOwn(channel.errors ?? {}, code)) return false;
  return error instanceof RealtimeRefusal && error.code === "REFUSED" && error.reason === code;
}
