import type { Clock, IPubSub } from "@repo/core-realtime";
import { seededRandom } from "./seeded-random";

/** One text on its way to one subscription. */
export interface Carriage {
  /** The node that published. */
  readonly from: string;
  /** The node that subscribed. */
  readonly to: string;
  /** The topic that both named. */
  readonly topic: string;
}

/** What happens to texts at random: probabilities from 0 to 1, and a delay up to so many milliseconds, drawn for each text. */
export interface CarrierFaults {
  /** Of a text that never arrives. */
  readonly loss: number;
  /** Of a text that arrives twice. */
  readonly duplication: number;
  /** The longest delay, in milliseconds. */
  readonly maxDelayMs: number;
}

/** Which way a node is cut off: `in`, it receives nothing; `out`, nothing of it is carried. */
export type CutDirection = "in" | "out" | "both";

interface Subscription {
  readonly owner: string;
  readonly topic: string;
  readonly onText: (text: string) => void;
}

/**
 * A publish/subscribe carrier in memory, perfect until a test disturbs it: loses, repeats, delays and reorders by its seed, and cuts off
 * nodes. Carries nothing within the turn of `publish`.
 * @example const carrier = new FaultyPubSub({ clock, seed: 7 }); const broker = new PubSubBroker({ clock, carrier: carrier.connect("a") });
 */
export class FaultyPubSub {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #subscriptions = new Set<Subscription>();
  readonly #losses = new Set<(carriage: Carriage) => boolean>();
  readonly #cuts = new Set<{ readonly name: string; readonly direction: CutDirection }>();
  /** Of each text; a test may set it at any time. */
  faultsOf: (carriage: Carriage) => CarrierFaults = () => NONE;

  constructor({ clock, seed = 1 }: { readonly clock: Clock; readonly seed?: number }) {
    this.#clock = clock;
    this.#random = seededRandom(seed);
  }

  /** One node's connection. */
  connect(name: string): IPubSub {
    return {
      publish: (topic, text) => this.#publish({ from: name, topic }, text),
      subscribe: async (topic, onText) => {
        const subscription = { owner: name, topic, onText };
        this.#subscriptions.add(subscription);
        return () => void this.#subscriptions.delete(subscription);
      },
    };
  }

  /** Cuts a node off, without its noticing: what it publishes is lost in silence. Returns the undo. */
  cut(name: string, direction: CutDirection = "both"): () => void {
    const cut = { name, direction };
    this.#cuts.add(cut);
    return () => void this.#cuts.delete(cut);
  }

  /** Loses every text that matches; returns the undo. */
  lose(matches: (carriage: Carriage) => boolean): () => void {
    this.#losses.add(matches);
    return () => void this.#losses.delete(matches);
  }

  #publish({ from, topic }: Omit<Carriage, "to">, text: string): void {
    if (this.#isCut(from, "out")) return;
    for (const subscription of this.#subscriptions) {
      if (subscription.topic !== topic) continue;
      const carriage = { from, to: subscription.owner, topic };
      const { loss, duplication, maxDelayMs } = this.faultsOf(carriage);
      if ([...this.#losses].some((matches) => matches(carriage)) || this.#random() < loss) continue;
      const copies = this.#random() < duplication ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1)
        this.#later(this.#random() * maxDelayMs, () => this.#arrive(subscription, text));
    }
  }

  #arrive(subscription: Subscription, text: string): void {
    if (this.#subscriptions.has(subscription) && !this.#isCut(subscription.owner, "in")) subscription.onText(text);
  }

  #later(ms: number, run: () => void): void {
    if (ms === 0) queueMicrotask(run);
    else this.#clock.after(ms, run);
  }

  #isCut(name: string, way: "in" | "out"): boolean {
    for (const cut of this.#cuts)
      if (cut.name === name && (cut.direction === way || cut.direction === "both")) return true;
    return false;
  }
}

const NONE: CarrierFaults = { loss: 0, duplication: 0, maxDelayMs: 0 };
