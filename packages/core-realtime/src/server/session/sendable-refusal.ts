import { RealtimeError } from "../../wire/realtime-error.js";
import { notePlace, placeOf } from "../gates/failure-place.js";

/**
 * The refusal that can be sent: INTERNAL_ERROR for what is none, for a broadcast of the server's own that does not fit, or where its data
 * are more than JSON carries; REPLY_TOO_LARGE where they are more than one frame may hold. The reason is its cause.
 */
export function sendableRefusal(error: unknown, maxReplyBytes: number): RealtimeError {
  if (!(error instanceof RealtimeError) || error.code === "BROADCAST_INVALID")
    return new RealtimeError("INTERNAL_ERROR", { cause: error });
  if (error.data === undefined) return error;
  try {
    const bytes = Buffer.byteLength(JSON.stringify(error.data) ?? "");
    if (bytes <= maxReplyBytes) return error;
    const detail = `the data of ${error.reason ?? error.code} has ${bytes} bytes, at most ${maxReplyBytes}`;
    return new RealtimeError("REPLY_TOO_LARGE", { detail, cause: error });
  } catch (cause) {
    notePlace(cause, placeOf(error));
    return new RealtimeError("INTERNAL_ERROR", { cause });
  }
}
