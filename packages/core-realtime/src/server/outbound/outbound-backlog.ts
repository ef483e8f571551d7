import { joinedOf, type JoinFrames, type OutboundBatch } from "./outbound-batch.js";
import type { EncodedFrame, OutboundFrame } from "./outbound-frame.js";

const PORTION_BYTES = 64 * 1024; // joined into one write when the reader catches up: few writes, and little that drop() finds gone

/** What waits for a reader that lags: whole batches in order, then the latest frame of each conflated slot. */
export class OutboundBacklog<E extends EncodedFrame> {
  #batches: OutboundBatch<E>[] = [];
  readonly #latest = new Map<string, OutboundFrame<E>>();
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  push(batch: OutboundBatch<E>): void {
    this.#batches.push(batch);
    this.#bytes += batch.bytes;
  }

  /** Keeps this frame in place of the one that waits in its slot; it moves to the end, so that a channel stays in order. */
  conflate(frame: OutboundFrame<E>): void {
    this.#bytes += this.costOf(frame);
    this.#latest.delete(frame.slot);
    this.#latest.set(frame.slot, frame);
  }

  /** Bytes that this frame would add. */
  costOf({ slot, overflow, bytes }: OutboundFrame<E>): number {
    return overflow === "conflate" ? bytes - (this.#latest.get(slot)?.bytes ?? 0) : bytes;
  }

  /** Takes what comes first, about 64 KiB of it, joined; undefined when nothing waits. */
  shift(join: JoinFrames<E>): E | undefined {
    const parts: E[] = [];
    let bytes = 0;
    let batches = 0;
    for (const batch of this.#batches) {
      if (bytes >= PORTION_BYTES) break;
      batches += 1;
      bytes += batch.bytes;
      if (batch.bytes > 0) parts.push(batch.joined(join));
    }
    this.#batches.splice(0, batches);
    for (const [slot, frame] of this.#latest) {
      if (bytes >= PORTION_BYTES) break;
      this.#latest.delete(slot);
      bytes += frame.bytes;
      parts.push(frame.encoded);
    }
    this.#bytes -= bytes;
    return parts.length === 0 ? undefined : joinedOf(parts, join);
  }

  /** Removes what waits of a channel. */
  drop(channel: string): void {
    this.#batches = this.#batches.map((batch) => batch.without(channel));
    for (const [slot, frame] of this.#latest) if (frame.channel === channel) this.#latest.delete(slot);
    this.#bytes = 0;
    for (const { bytes } of [...this.#batches, ...this.#latest.values()]) this.#bytes += bytes;
  }
}
