import type { EventFrame } from "./event-frame.js";

/** What waits for a reader that lags behind: frames in order, then the latest of each conflated slot. */
export class Backlog {
  #frames: EventFrame[] = [];
  readonly #latest = new Map<string, EventFrame>();
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  push(frames: readonly EventFrame[]): void {
    for (const frame of frames) {
      this.#frames.push(frame);
      this.#bytes += frame.bytes.length;
    }
  }

  /** Keeps this frame in place of the one that waits in its slot; it moves to the end, so that a channel stays in order. */
  conflate(frame: EventFrame): void {
    this.#bytes += this.costOf(frame);
    this.#latest.delete(frame.slot);
    this.#latest.set(frame.slot, frame);
  }

  /** Bytes that this frame would add. */
  costOf({ slot, overflow, bytes }: EventFrame): number {
    return bytes.length - (overflow === "conflate" ? (this.#latest.get(slot)?.bytes.length ?? 0) : 0);
  }

  /** Takes what comes first, about so many bytes of it; empty when nothing waits any more. */
  take(bytes: number): readonly EventFrame[] {
    const taken: EventFrame[] = [];
    let left = bytes;
    for (const frame of this.#frames) if (left > 0) left -= this.#taken(frame, taken);
    this.#frames = this.#frames.slice(taken.length);
    for (const [slot, frame] of this.#latest) {
      if (left <= 0) break;
      this.#latest.delete(slot);
      left -= this.#taken(frame, taken);
    }
    return taken;
  }

  /** Forgets what waits of a channel. */
  drop(channel: string): void {
    this.#frames = this.#frames.filter((frame) => frame.channel !== channel);
    for (const [slot, frame] of this.#latest) if (frame.channel === channel) this.#latest.delete(slot);
    this.#bytes = 0;
    for (const { bytes } of [...this.#frames, ...this.#latest.values()]) this.#bytes += bytes.length;
  }

  #taken(frame: EventFrame, taken: EventFrame[]): number {
    taken.push(frame);
    this.#bytes -= frame.bytes.length;
    return frame.bytes.length;
  }
}
