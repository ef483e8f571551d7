import type { WireFrame } from "./wire-frame.js";

/**
 * The frames of one turn for one connection, as a chain that connections share: who got the same frames in the same order
 * stands at the same batch, so a further recipient costs a comparison, and the joined bytes are made once for all of them.
 */
export class Batch {
  /** Bytes of all its frames. */
  readonly bytes: number;
  readonly #before: Batch | undefined;
  readonly #frame: WireFrame | undefined;
  #next: Batch | undefined;
  #joined: Buffer | undefined;

  /** Without arguments: the empty batch, where every chain begins. */
  constructor(before?: Batch, frame?: WireFrame) {
    this.#before = before;
    this.#frame = frame;
    this.bytes = (before?.bytes ?? 0) + (frame?.bytes.length ?? 0);
  }

  /** This batch and one frame more. Remembers its latest answer, for the next of a room. */
  with(frame: WireFrame): Batch {
    const known = this.#next;
    if (known !== undefined && known.#frame === frame) return known;
    const next = new Batch(this, frame);
    this.#next = next;
    return next;
  }

  /** The bytes to write. */
  joined(): Buffer {
    this.#joined ??= this.#join();
    return this.#joined;
  }

  /** The same frames but those of a channel. */
  without(channel: string): Batch {
    let left = new Batch();
    for (const frame of Batch.#framesOf(this)) if (frame.channel !== channel) left = left.with(frame);
    return left;
  }

  /** Lets go of what was built upon it. */
  forget(): void {
    this.#next = undefined;
  }

  #join(): Buffer {
    const frames = Batch.#framesOf(this);
    const only = frames.length === 1 ? frames[0] : undefined;
    return only
      ? only.bytes
      : Buffer.concat(
          frames.map(({ bytes }) => bytes),
          this.bytes,
        );
  }

  static #framesOf(last: Batch): readonly WireFrame[] {
    const frames: WireFrame[] = [];
    for (let batch: Batch | undefined = last; batch !== undefined; batch = batch.#before)
      if (batch.#frame) frames.push(batch.#frame);
    return frames.reverse();
  }
}
