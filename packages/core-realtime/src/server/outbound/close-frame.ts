import { ERROR_CODES } from "../../wire/error-codes.js";
import type { CloseFrame } from "../../wire/frames.js";
import type { RealtimeError } from "../../wire/realtime-error.js";

/** How long a transport waits for its last write, in ms: a close frame crosses any working connection within that; a stalled peer is not waited for. */
export const CLOSE_GRACE_MS = 2_000;

/** From this code on a client does not reconnect by itself. */
export const FIRST_FINAL_CLOSE_CODE = 4500;

/** The last frame of a connection. An error without a close code of its own closes as INTERNAL_ERROR does. */
export function closeFrame(error: RealtimeError): CloseFrame {
  return { type: "close", closeCode: error.closeCode ?? ERROR_CODES.INTERNAL_ERROR.closeCode, error: error.toWire() };
}
