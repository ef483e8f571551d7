import type { RealtimePosition } from "@repo/core-realtime";
import { controlField, silentText } from "./event-text.js";
import { formatPlace, joinPlaces } from "./last-event-id.js";

/** A frame says where its channel's reader stands. The reply to a subscribe begins it; envelopes carry it on. */
export interface PositionMark {
  readonly channel: string;
  readonly position: RealtimePosition;
  readonly begins: boolean;
}

const NOT_BEGUN = null; // joined, but its reply has not left: a position now would skip what that reply brings

/** Where one reader stands in all its channels, and when it is worth telling. */
export class Positions {
  readonly #parts = new Map<string, string | null>();
  #isTold = true;
  #isUrgent = false;
  #bytesSince = 0;

  join(channel: string): void {
    this.#parts.set(channel, NOT_BEGUN);
  }

  /** The next id does not name it any more. True where the last one did. */
  leave(channel: string): boolean {
    const part = this.#parts.get(channel);
    this.#parts.delete(channel);
    if (typeof part !== "string") return false;
    this.#isTold = false;
    this.#isUrgent = true; // else a browser that comes back would be subscribed to what it has left
    return true;
  }

  /** A frame is handed to the peer. */
  note({ channel, position, begins }: PositionMark): void {
    const before = this.#parts.get(channel);
    if (before === undefined || (before === NOT_BEGUN && !begins)) return;
    this.#parts.delete(channel); // to the end: the most recently used
    this.#parts.set(channel, formatPlace({ channel, since: position }) ?? NOT_BEGUN);
    this.#isTold = false;
  }

  /**
   * The id to write behind so many bytes of events, where it is worth its own length; an older one is only more to read again.
   * With a few channels that is always; with many it keeps the ids from outweighing the messages.
   */
  tellBehind(bytes: number): Buffer | undefined {
    this.#bytesSince += bytes;
    if (this.#isTold) return undefined;
    const parts = [...this.#parts.values()].filter((part) => part !== NOT_BEGUN);
    const length = parts.reduce((sum, part) => sum + part.length + 1, 0);
    return this.#isUrgent || this.#bytesSince >= length ? this.#tell(parts) : undefined;
  }

  /** The id, where the one that was told last is not the newest. */
  tell(): Buffer | undefined {
    return this.#isTold ? undefined : this.#tell([...this.#parts.values()].filter((part) => part !== NOT_BEGUN));
  }

  #tell(parts: readonly string[]): Buffer {
    this.#isTold = true;
    this.#isUrgent = false;
    this.#bytesSince = 0;
    return silentText(controlField("id", joinPlaces(parts)));
  }
}
