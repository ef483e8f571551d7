import { formatPlace, joinPlaces, type Place } from "./last-event-id.js";

/** A frame states the position of its channel's reader. The reply to a subscribe begins it; messages carry it on. */
export interface PositionMark {
  readonly channel: string;
  /** The place as a part of an id; null where it cannot be spelt. */
  readonly part: string | null;
  readonly begins: boolean;
}

/** The mark of a frame, made once for all that receive it. */
export function markAt(place: Place, begins: boolean): PositionMark {
  return { channel: place.channel, part: formatPlace(place) ?? NOT_BEGUN, begins };
}

const NOT_BEGUN = null; // joined, but its reply has not left: a position now would skip what that reply brings

/** Where one reader stands in all its channels, and when it is worth sending. */
export class Positions {
  readonly #parts = new Map<string, string | null>();
  #length = 0; // of all parts as an id
  #isSent = true;
  #isUrgent = false;
  #bytesSince = 0;

  join(channel: string): void {
    this.#forget(channel);
    this.#parts.set(channel, NOT_BEGUN);
  }

  /** The next id does not name it any more. True where the last one did. */
  leave(channel: string): boolean {
    const part = this.#forget(channel);
    if (typeof part !== "string") return false;
    this.#isSent = false;
    this.#isUrgent = true; // else a browser that comes back would be subscribed to what it has left
    return true;
  }

  /** A frame is written. */
  note({ channel, part, begins }: PositionMark): void {
    const before = this.#parts.get(channel);
    if (before === undefined || (before === NOT_BEGUN && !begins)) return;
    this.#forget(channel); // to the end: the most recently used
    this.#parts.set(channel, part);
    this.#length += lengthOf(part);
    this.#isSent = false;
  }

  /**
   * The id to write behind so many bytes of events, where it is worth its own length; an older one is only more to read again.
   * With a few channels that is always; with many it keeps the ids from outweighing the messages.
   */
  idBehind(bytes: number): string | undefined {
    this.#bytesSince += bytes;
    return this.#isUrgent || this.#bytesSince >= this.#length ? this.id() : undefined;
  }

  /** The id, where the one that was sent last is not the newest. */
  id(): string | undefined {
    if (this.#isSent) return undefined;
    this.#isSent = true;
    this.#isUrgent = false;
    this.#bytesSince = 0;
    return joinPlaces([...this.#parts.values()].filter((part) => part !== NOT_BEGUN));
  }

  #forget(channel: string): string | null | undefined {
    const part = this.#parts.get(channel);
    this.#parts.delete(channel);
    this.#length -= lengthOf(part);
    return part;
  }
}

function lengthOf(part: string | null | undefined): number {
  return typeof part === "string" ? part.length + 1 : 0;
}
