import type { EncodedFrame, OutboundFrame } from "./outbound-frame.js";

/** Joins what leaves in one write. Called once for all connections that are sent the same frames in the same order. */
export type JoinFrames<E extends EncodedFrame> = (parts: readonly E[]) => E;

/**
 * The frames of one flush for one connection, as a chain that connections share: those that were sent the same frames in the
 * same order hold the same batch, so a further recipient costs a comparison, and the frames are joined once for all of them.
 */
export class OutboundBatch<E extends EncodedFrame> {
  /** Bytes of all its frames. */
  readonly bytes: number;
  readonly #before: OutboundBatch<E> | undefined;
  readonly #frame: OutboundFrame<E> | undefined;
  #next: OutboundBatch<E> | undefined;
  #joined: E | undefined;

  /** Without arguments: the empty batch, where every chain begins. */
  constructor(before?: OutboundBatch<E>, frame?: OutboundFrame<E>) {
    this.#before = before;
    this.#frame = frame;
    this.bytes = (before?.bytes ?? 0) + (frame?.bytes ?? 0);
  }

  /** This batch and one frame more. Remembers its latest result, for the next subscriber of the same channel. */
  with(frame: OutboundFrame<E>): OutboundBatch<E> {
    const known = this.#next;
    if (known !== undefined && known.#frame === frame) return known;
    const next = new OutboundBatch(this, frame);
    this.#next = next;
    return next;
  }

  /** What to write, of a batch that is not empty; a lone frame is not copied. */
  joined(join: JoinFrames<E>): E {
    this.#joined ??= joinedOf(
      OutboundBatch.#framesOf(this).map(({ encoded }) => encoded),
      join,
    );
    return this.#joined;
  }

  /** The same frames except those of a channel. */
  without(channel: string): OutboundBatch<E> {
    let left = new OutboundBatch<E>();
    for (const frame of OutboundBatch.#framesOf(this)) if (frame.channel !== channel) left = left.with(frame);
    return left;
  }

  /** Releases the batches that were built upon it. */
  forget(): void {
    this.#next = undefined;
  }

  static #framesOf<E extends EncodedFrame>(last: OutboundBatch<E>): readonly OutboundFrame<E>[] {
    const frames: OutboundFrame<E>[] = [];
    for (let batch: OutboundBatch<E> | undefined = last; batch !== undefined; batch = batch.#before)
      if (batch.#frame) frames.push(batch.#frame);
    return frames.reverse();
  }
}

/** Joins several; one alone is not copied. */
export function joinedOf<E extends EncodedFrame>(parts: readonly E[], join: JoinFrames<E>): E {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : join(parts);
}
