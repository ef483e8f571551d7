import type { Batch } from "./batch.js";
import type { WireFrame } from "./wire-frame.js";

/** What waits for a reader that lags behind: whole turns in order, then the latest of each conflated slot. */
export class Backlog {
  #turns: Batch[] = [];
  readonly #latest = new Map<string, WireFrame>();
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  push(batch: Batch): void {
    this.#turns.push(batch);
    this.#bytes += batch.bytes;
  }

  /** Keeps this frame in place of the one that waits in its slot; it moves to the end, so that a channel stays in order. */
  conflate(frame: WireFrame): void {
    const before = this.#latest.get(frame.slot);
    this.#bytes += frame.bytes.length - (before?.bytes.length ?? 0);
    this.#latest.delete(frame.slot);
    this.#latest.set(frame.slot, frame);
  }

  /** Bytes that this frame would add. */
  costOf({ slot, overflow, bytes }: WireFrame): number {
    return bytes.length - (overflow === "conflate" ? (this.#latest.get(slot)?.bytes.length ?? 0) : 0);
  }

  /** Takes what comes first, ready to be written; undefined when nothing waits any more. */
  shift(): Buffer | undefined {
    const bytes = this.#turns.shift()?.joined() ?? this.#shiftLatest();
    this.#bytes -= bytes?.length ?? 0;
    return bytes;
  }

  /** Forgets what waits of a channel. */
  drop(channel: string): void {
    this.#turns = this.#turns.map((batch) => batch.without(channel));
    for (const [slot, frame] of this.#latest) if (frame.channel === channel) this.#latest.delete(slot);
    this.#bytes = 0;
    for (const { bytes } of this.#turns) this.#bytes += bytes;
    for (const { bytes } of this.#latest.values()) this.#bytes += bytes.length;
  }

  #shiftLatest(): Buffer | undefined {
    for (const [slot, { bytes }] of this.#latest) {
      this.#latest.delete(slot);
      return bytes;
    }
    return undefined;
  }
}
