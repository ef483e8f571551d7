import type { OverflowPolicy, RealtimeEnvelope } from "@repo/core-realtime";
import { encodeEnvelope } from "@repo/core-realtime/server";
import { PING_FRAME, pongFrame, textFrame } from "./text-frame.js";

/** One frame on its way out, shared by all who get it. */
export interface WireFrame {
  readonly bytes: Buffer;
  /** The channel it belongs to; null for the connection's own frames. */
  readonly channel: string | null;
  /** What becomes of it where the reader lags behind. */
  readonly overflow: OverflowPolicy["kind"];
  /** Where frames are conflated, the latest of each slot is kept. */
  readonly slot: string;
}

/** A frame for one connection: a reply, a farewell. */
export function ownFrame(text: string): WireFrame {
  return { bytes: textFrame(text), channel: null, overflow: "close", slot: "" };
}

/** An envelope, encoded once for every subscriber. */
export function envelopeFrame(envelope: RealtimeEnvelope, overflow: OverflowPolicy): WireFrame {
  const { channel } = envelope;
  const bytes = textFrame(encodeEnvelope(envelope));
  if (overflow.kind !== "conflate") return { bytes, channel, overflow: overflow.kind, slot: "" };
  const key = keyOf(envelope, overflow.keyOf);
  if (key === undefined) return { bytes, channel, overflow: "close", slot: "" }; // without a key nothing may be skipped
  return { bytes, channel, overflow: "conflate", slot: `${channel}\n${key}` };
}

/** The heartbeat. Where one still waits, a second says nothing new. */
export const PING: WireFrame = { bytes: PING_FRAME, channel: null, overflow: "conflate", slot: "\nping" };

/** The answer to a ping; only the latest is owed (RFC 6455 § 5.5.3). */
export function pong(payload: Buffer): WireFrame {
  return { bytes: pongFrame(payload), channel: null, overflow: "conflate", slot: "\npong" };
}

function keyOf({ payload }: RealtimeEnvelope, read: (payload: unknown) => string): string | undefined {
  try {
    return String(read(payload));
  } catch {
    return undefined; // the app's own function; delivering must not throw
  }
}
