import type { SealedEnvelope } from "../../wire/sealed-envelope.js";

const MAX_EARLY = 1_000; // messages beyond a gap; more are read from the history
const MAX_EARLY_BYTES = 4 * 1024 ** 2;

/** Messages that a node misses of one channel, with those beyond that have arrived already. */
export class ChannelGap {
  /** Ends what the gap waits for. */
  cancel: () => void = () => undefined;
  isReading = false;
  tries = 0;
  readonly #early = new Map<number, SealedEnvelope>();
  #bytes = 0;

  get isEmpty(): boolean {
    return this.#early.size === 0;
  }

  /** The epoch of what has arrived. */
  get epoch(): string | undefined {
    const [first] = this.#early.values();
    return first?.position?.epoch;
  }

  /** What there is no room for will be read. */
  keep(envelope: SealedEnvelope, offset: number): void {
    const bytes = envelope.json?.length ?? 0;
    if (this.#early.has(offset) || this.#early.size >= MAX_EARLY || this.#bytes + bytes > MAX_EARLY_BYTES) return;
    this.#early.set(offset, envelope);
    this.#bytes += bytes;
  }

  take(offset: number): SealedEnvelope | undefined {
    const envelope = this.#early.get(offset);
    if (envelope) this.#drop(offset, envelope);
    return envelope;
  }

  /** Drops what is known by now. */
  dropUpTo(offset: number): void {
    for (const [early, envelope] of this.#early) if (early <= offset) this.#drop(early, envelope);
  }

  /** Drops what is of another epoch; true where there was any. */
  dropForeign(epoch: string): boolean {
    const before = this.#early.size;
    for (const [early, envelope] of this.#early) if (envelope.position?.epoch !== epoch) this.#drop(early, envelope);
    return this.#early.size < before;
  }

  #drop(offset: number, { json }: SealedEnvelope): void {
    this.#early.delete(offset);
    this.#bytes -= json?.length ?? 0;
  }
}
