import type { EncodedFrame } from "@repo/core-realtime/server";
import { controlField, eventText, silentText } from "./event-text.js";
import type { PositionMark } from "./positions.js";

/** What an event may carry besides its JSON. */
export interface EventExtras {
  /** Where the reader stands once it has this. */
  readonly mark?: PositionMark | undefined;
  /** Control fields, as lines. */
  readonly fields?: string | undefined;
}

/** Events as bytes, and where they leave their reader. Shared by all connections that are sent the same. */
export class EncodedEvents implements EncodedFrame {
  readonly bytes: Buffer;
  /** At most one per channel. */
  readonly marks: readonly PositionMark[];
  #latest: { readonly id: string; readonly bytes: Buffer } | undefined;

  constructor(bytes: Buffer, marks: readonly PositionMark[]) {
    this.bytes = bytes;
    this.marks = marks;
  }

  get byteLength(): number {
    return this.bytes.byteLength;
  }

  /** The events with an id behind them. Readers of the same channels are at the same position, so its latest result is remembered. */
  withId(id: string): Buffer {
    if (this.#latest?.id !== id) this.#latest = { id, bytes: Buffer.concat([this.bytes, idText(id)]) };
    return this.#latest.bytes;
  }
}

/** One event. */
export function encodeEvent(json: string, { mark, fields }: EventExtras = {}): EncodedEvents {
  return new EncodedEvents(eventText(json, fields), mark ? [mark] : []);
}

/** Several as one. */
export function joinEvents(parts: readonly EncodedEvents[]): EncodedEvents {
  const marks = new Map<string, PositionMark>();
  for (const mark of parts.flatMap((part) => part.marks)) {
    const begins = mark.begins || marks.get(mark.channel)?.begins === true;
    marks.delete(mark.channel); // to the end: the most recently used
    marks.set(mark.channel, begins === mark.begins ? mark : { ...mark, begins });
  }
  return new EncodedEvents(Buffer.concat(parts.map(({ bytes }) => bytes)), [...marks.values()]);
}

/** An id without an event: what a browser comes back with. */
export function idText(id: string): Buffer {
  return silentText(controlField("id", id));
}
