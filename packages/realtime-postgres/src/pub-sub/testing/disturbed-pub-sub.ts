import type { Clock, IPubSub } from "@repo/core-realtime";
import { seededRandom, type CutDirection } from "@repo/core-testing";

/** What may happen to a text between a carrier and its subscriber. */
interface Disturbance {
  readonly loss: number;
  readonly duplication: number;
  readonly maxDelayMs: number;
}

const NONE: Disturbance = { loss: 0, duplication: 0, maxDelayMs: 0 };
const DISTURBED: Disturbance = { loss: 0.15, duplication: 0.2, maxDelayMs: 150 };

export interface DisturbedPubSubDeps {
  readonly clock: Clock;
  readonly seed: number;
  readonly onPublish: (topic: string, text: string) => void;
}

/** One node's real carrier, which a test disturbs: what is lost, cut off, repeated or late is so on its way to or from this node. */
export class DisturbedPubSub implements IPubSub {
  readonly #carrier: IPubSub;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #onPublish: (topic: string, text: string) => void;
  readonly #cuts = new Set<{ readonly direction: CutDirection }>();
  #disturbance = NONE;
  /** Every envelope that is published while it is set does not arrive here. */
  #losesEnvelopes = false;
  readonly #lost = new Set<string>();

  constructor(carrier: IPubSub, { clock, seed, onPublish }: DisturbedPubSubDeps) {
    this.#carrier = carrier;
    this.#clock = clock;
    this.#random = seededRandom(seed);
    this.#onPublish = onPublish;
  }

  publish(topic: string, text: string): Promise<void> | void {
    this.#onPublish(topic, text);
    if (!this.#isCut("out")) return this.#carrier.publish(topic, text);
  }

  subscribe(topic: string, onText: (text: string) => void): Promise<() => void> | (() => void) {
    return this.#carrier.subscribe(topic, (text) => this.#arrive(text, onText));
  }

  async close(): Promise<void> {
    await this.#carrier.close?.();
  }

  cut(direction: CutDirection): () => void {
    const cut = { direction };
    this.#cuts.add(cut);
    return () => void this.#cuts.delete(cut);
  }

  loseEnvelopes(): () => void {
    this.#losesEnvelopes = true;
    return () => void (this.#losesEnvelopes = false);
  }

  /** Publishes from another node, or this one. */
  onPublish(topic: string, text: string): void {
    if (this.#losesEnvelopes && topic.includes(".shard.")) this.#lost.add(text);
  }

  disturb(): () => void {
    this.#disturbance = DISTURBED;
    return () => void (this.#disturbance = NONE);
  }

  #arrive(text: string, onText: (text: string) => void): void {
    const { loss, duplication, maxDelayMs } = this.#disturbance;
    if (this.#isCut("in") || this.#lost.has(text) || this.#random() < loss) return;
    for (let copies = this.#random() < duplication ? 2 : 1; copies > 0; copies -= 1)
      if (maxDelayMs === 0) onText(text);
      else this.#clock.after(this.#random() * maxDelayMs, () => void (this.#isCut("in") || onText(text)));
  }

  #isCut(way: "in" | "out"): boolean {
    return [...this.#cuts].some(({ direction }) => direction === way || direction === "both");
  }
}
