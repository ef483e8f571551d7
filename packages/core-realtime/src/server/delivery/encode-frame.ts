import type { RealtimeEnvelope } from "../../wire/envelope.js";
import type { ServerFrame } from "../../wire/frames.js";

/** A frame as JSON text. */
export function encodeFrame(frame: ServerFrame): string {
  return JSON.stringify(frame);
}

/** An envelope as the JSON text of its frame; made once, however many transports and subscribers share it. */
export function encodeEnvelope(envelope: RealtimeEnvelope): string {
  if (latest?.envelope !== envelope)
    latest = { envelope, text: `{"type":"message",${JSON.stringify(envelope).slice(1)}` }; // a spread costs more than encoding
  return latest.text;
}

/** All transports ask for one envelope before any asks for the next, so remembering one is enough. */
let latest: { readonly envelope: RealtimeEnvelope; readonly text: string } | undefined;
