import type { RealtimeEnvelope } from "../envelope.js";
import type { ServerFrame } from "../frames.js";

const encoded = new WeakMap<RealtimeEnvelope, string>();

/** A frame as JSON text. */
export function encodeFrame(frame: ServerFrame): string {
  return JSON.stringify(frame);
}

/** An envelope as the JSON text of its frame; made once, however many transports and subscribers share it. */
export function encodeEnvelope(envelope: RealtimeEnvelope): string {
  const known = encoded.get(envelope);
  if (known !== undefined) return known;
  const text = encodeFrame({ type: "message", ...envelope });
  encoded.set(envelope, text);
  return text;
}
