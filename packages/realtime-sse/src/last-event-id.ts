import type { RealtimePosition } from "@repo/core-realtime";

/** Where a reader stands in one channel. */
export interface Place {
  readonly channel: string;
  readonly since: RealtimePosition;
}

/** A browser sends it back as a header, and a server takes some 16 KiB of all headers. */
export const MAX_ID_BYTES = 4096;
const MAX_PLACES = 64;

const CHANNEL = /^[A-Za-z0-9_.:%-]{1,2048}$/; // what a name on the wire is spelt with
const EPOCH = /^[A-Za-z0-9_.:-]{1,64}$/;
const OFFSET = /^(?:0|[1-9][0-9]{0,15})$/;

/** One place as a part of an event id: `channel=epoch=offset`. Undefined where it cannot be spelt: then it is left out. */
export function formatPlace({ channel, since: { epoch, offset } }: Place): string | undefined {
  const isSpelt = CHANNEL.test(channel) && EPOCH.test(epoch) && Number.isSafeInteger(offset) && offset >= 0;
  return isSpelt ? `${channel}=${epoch}=${offset}` : undefined;
}

/** Parts, the most recently used last, as one id. What does not fit is left out, the longest unused first. */
export function joinPlaces(parts: readonly string[]): string {
  const kept: string[] = [];
  let bytes = 0;
  for (const part of parts.toReversed()) {
    bytes += part.length + 1;
    if (bytes > MAX_ID_BYTES || kept.length === MAX_PLACES) break;
    kept.push(part);
  }
  return kept.reverse().join(";");
}

/** Reads an id of ours. Any other text is undefined: nothing is guessed, and nothing in part. */
export function parseLastEventId(text: string): readonly Place[] | undefined {
  if (text.length > MAX_ID_BYTES) return undefined;
  const parts = text.split(";");
  if (parts.length > MAX_PLACES) return undefined;
  const places = new Map<string, Place>();
  for (const part of parts) {
    const place = parsePlace(part);
    if (!place || places.has(place.channel)) return undefined;
    places.set(place.channel, place);
  }
  return [...places.values()];
}

function parsePlace(part: string): Place | undefined {
  const [channel, epoch, digits, ...rest] = part.split("=");
  if (channel === undefined || epoch === undefined || digits === undefined || rest.length > 0) return undefined;
  const offset = Number(digits);
  const isOne = CHANNEL.test(channel) && EPOCH.test(epoch) && OFFSET.test(digits) && Number.isSafeInteger(offset);
  return isOne ? { channel, since: { epoch, offset } } : undefined;
}
