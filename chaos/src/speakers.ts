import { setTimeout as passed } from "node:timers/promises";
import type { BroadcastReceipt } from "@repo/core-realtime";
import type { ChaosClient } from "./client/chaos-client";
import type { Chronicle } from "./judge/chronicle";
import { between, type Random } from "./network/random";
import { CHAOS_CHANNELS, fleeting, hall, vault } from "./chaos-channels";
import { INTRUDER, SPEAKERS } from "./cast";
import type { ChaosNode } from "./chaos-node";

const SYSTEM = "system";
const MEAN_PAUSE_MS = 60;
const MAX_UNANSWERED = 16;
const HEAVY = "x".repeat(64 * 1024);
const HEAVY_COUNT = 80; // 5 MiB
const HEAVY_STEP_MS = 4;
const HEAVY_PAUSE_MS = 4_000;

/** What speakers speak through. */
export interface SpeakersDeps {
  readonly node: ChaosNode;
  readonly chronicle: Chronicle;
  readonly random: Random;
  readonly client: (name: string) => ChaosClient;
}

type ChaosChannel = (typeof CHAOS_CHANNELS)[number];

/** Those who number their words: the server on every channel, some clients on some. */
export class Speakers {
  readonly #deps: SpeakersDeps;
  readonly #loops: Promise<unknown>[] = [];
  readonly #unanswered = new Set<Promise<void>>();
  #isOver = false;

  constructor(deps: SpeakersDeps) {
    this.#deps = deps;
  }

  start(): void {
    for (const channel of CHAOS_CHANNELS) this.#loop(() => this.#speak(channel));
    this.#loop(() => this.#speakHeavily());
    for (const name of SPEAKERS) for (const channel of [hall, vault]) this.#loop(() => this.#publish(name, channel));
    this.#loop(() => this.#trespass());
  }

  /** Ends all speeches, with a last word of every speaker. Resolves when all of it has been answered. */
  async lastWords(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#loops);
    for (const channel of CHAOS_CHANNELS) await this.#broadcast(channel);
    for (const name of SPEAKERS) for (const channel of [hall, vault]) this.#publish(name, channel);
    await Promise.all(this.#unanswered);
  }

  #loop(speak: () => Promise<void> | void): void {
    const { random } = this.#deps;
    const loop = async () => {
      while (!this.#isOver) {
        await passed(between(random, 1, 2 * MEAN_PAUSE_MS));
        await speak();
      }
    };
    this.#loops.push(loop());
  }

  /** Mostly one message, at times many. */
  async #speak(channel: ChaosChannel): Promise<void> {
    const { random } = this.#deps;
    const count = between(random, 0, 99) < 3 ? between(random, 5, 60) : 1;
    for (let spoken = 0; spoken < count; spoken += 1) await this.#broadcast(channel);
  }

  /** More than the kernel holds for a stalled line, so that it overflows; said where nothing is kept, and slowly enough for the others. */
  async #speakHeavily(): Promise<void> {
    await passed(between(this.#deps.random, 1, 2 * HEAVY_PAUSE_MS));
    for (let spoken = 0; spoken < HEAVY_COUNT && !this.#isOver; spoken += 1) {
      await this.#broadcast(fleeting, HEAVY);
      await passed(HEAVY_STEP_MS);
    }
  }

  async #broadcast(channel: ChaosChannel, weight?: string): Promise<void> {
    const { node, chronicle } = this.#deps;
    const message = chronicle.say(channel.name, SYSTEM);
    const receipt = await node.realtime.broadcaster.broadcast(channel, { ...message, weight });
    chronicle.answered(channel.name, SYSTEM, receipt);
  }

  #publish(name: string, { name: channel }: ChaosChannel): void {
    const { chronicle, client } = this.#deps;
    if (this.#unanswered.size >= MAX_UNANSWERED * SPEAKERS.length) return;
    const answered = client(name)
      .publish(channel, chronicle.say(channel, name))
      .then((receipt) => chronicle.answered(channel, name, receipt as BroadcastReceipt)) // a relay's reply is one
      .catch((refusal: Error) => chronicle.refused(channel, name, refusal.message))
      .finally(() => this.#unanswered.delete(answered));
    this.#unanswered.add(answered);
  }

  /** Its words are not in the chronicle: whoever hears one hears what nobody entitled said. */
  #trespass(): void {
    const refused = this.#deps.client(INTRUDER).publish(vault.name, { by: INTRUDER, n: 0 });
    refused.catch(() => undefined); // as it should be
  }
}
