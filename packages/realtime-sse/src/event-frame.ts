import type { OverflowPolicy, RealtimeEnvelope, ServerFrame } from "@repo/core-realtime";
import { encodeEnvelope, encodeFrame } from "@repo/core-realtime/server";
import { eventText } from "./event-text.js";
import type { PositionMark } from "./positions.js";

/** One event on its way out, shared by all who get it. */
export interface EventFrame {
  readonly bytes: Buffer;
  /** The channel it belongs to; null for the connection's own frames. */
  readonly channel: string | null;
  /** What becomes of it where the reader lags behind. */
  readonly overflow: OverflowPolicy["kind"];
  /** Where frames are conflated, the latest of each slot is kept. */
  readonly slot: string;
  /** Where the reader stands once it has this. */
  readonly mark?: PositionMark;
}

/** What an event for one connection may carry besides its frame. */
export interface OwnFrameExtras {
  readonly mark?: PositionMark;
  /** Control fields, as lines. */
  readonly fields?: string;
}

/** An event for one connection: a reply, a farewell. */
export function ownFrame(frame: ServerFrame, { mark, fields }: OwnFrameExtras = {}): EventFrame {
  const bytes = eventText(encodeFrame(frame), fields);
  return { bytes, channel: null, overflow: "close", slot: "", ...(mark && { mark }) };
}

/** An envelope, encoded once for every subscriber. */
export function envelopeFrame(envelope: RealtimeEnvelope, overflow: OverflowPolicy): EventFrame {
  const { channel, position } = envelope;
  const bytes = eventText(encodeEnvelope(envelope));
  const mark = position && { channel, position, begins: false };
  const frame = { bytes, channel, slot: "", ...(mark && { mark }) };
  if (overflow.kind !== "conflate") return { ...frame, overflow: overflow.kind };
  const key = keyOf(envelope, overflow.keyOf);
  if (key === undefined) return { ...frame, overflow: "close" }; // without a key nothing may be skipped
  return { ...frame, overflow: "conflate", slot: `${channel}\n${key}` };
}

function keyOf({ payload }: RealtimeEnvelope, read: (payload: unknown) => string): string | undefined {
  try {
    return String(read(payload));
  } catch {
    return undefined; // the app's own function; delivering must not throw
  }
}
