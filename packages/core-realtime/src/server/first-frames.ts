import { RealtimeError } from "../wire/realtime-error.js";

const MAX_BYTES = 4_096; // with a token and a cookie they still fit into the 16 KiB that Node takes of all headers
const MAX_FRAMES = 16; // as many as may wait for gate 1

/** The frames that a client sent together with its first request, or why there are none. */
export interface FirstFrames {
  /** JSON text of an array; it goes into the handshake. */
  readonly first?: string;
  /** Why the first frames are refused; undefined where they are not. */
  readonly refusal?: RealtimeError;
}

/** Reads them where a transport carries them as base64url: in a header, a query or a sub-protocol. */
export function decodeFirstFrames(encoded: string | undefined): FirstFrames {
  if (encoded === undefined) return {};
  if (encoded.length > MAX_BYTES * 2) return refused(`more than ${MAX_BYTES} bytes`);
  const bytes = Buffer.from(encoded, "base64url");
  const text = bytes.toString();
  const isWhole = bytes.toString("base64url") === encoded && Buffer.from(text).equals(bytes);
  return isWhole ? readFirstFrames(text) : refused("not base64url of UTF-8");
}

/** Reads them where they come as text. Their contents are checked by the gateway. */
export function readFirstFrames(text: unknown): FirstFrames {
  if (text === undefined) return {};
  if (typeof text !== "string") return refused("not a string");
  if (Buffer.byteLength(text) > MAX_BYTES) return refused(`more than ${MAX_BYTES} bytes`);
  try {
    const frames: unknown = JSON.parse(text);
    if (Array.isArray(frames) && frames.length <= MAX_FRAMES) return { first: text };
  } catch {
    return refused("not JSON");
  }
  return refused(`not an array of at most ${MAX_FRAMES} frames`);
}

function refused(why: string): FirstFrames {
  return { refusal: new RealtimeError("HANDSHAKE_INVALID", { detail: `the first frames are ${why}` }) };
}
