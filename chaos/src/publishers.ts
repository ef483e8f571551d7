import { setTimeout as passed } from "node:timers/promises";
import type { BroadcastReceipt } from "@repo/core-realtime";
import type { ChaosClient } from "./client/chaos-client";
import { INTRUDER, SENDERS } from "./cluster/client-identities";
import { CHAOS_CHANNELS, fleeting, hall, membersOnly } from "./cluster/chaos-channels";
import type { ChaosNode } from "./cluster/chaos-node";
import type { PublishLog, Numbered } from "./checker/publish-log";
import type { Outages } from "./checker/outages";
import { between, type Random } from "./network/random";
import { OrderedBroadcasts, type ChaosChannel } from "./ordered-broadcasts";

const MEAN_PAUSE_MS = 60;
const MAX_UNREPLIED = 16;
const HEAVY = "x".repeat(64 * 1024);
const HEAVY_COUNT = 80; // 5 MiB
const HEAVY_STEP_MS = 4;
const HEAVY_PAUSE_MS = 4_000;

/** What publishers publish through. */
export interface PublishersDeps {
  /** Each publishes on every channel, under its own name. */
  readonly nodes: readonly ChaosNode[];
  readonly publishLog: PublishLog;
  readonly outages: Outages;
  readonly random: Random;
  readonly client: (name: string) => ChaosClient;
}

/** The publishers of numbered messages: every node on every channel, some clients on some. */
export class Publishers {
  readonly #deps: PublishersDeps;
  readonly #broadcasts: OrderedBroadcasts;
  readonly #loops: Promise<unknown>[] = [];
  readonly #withoutReply = new Set<Promise<void>>();
  #isOver = false;

  constructor(deps: PublishersDeps) {
    this.#deps = deps;
    this.#broadcasts = new OrderedBroadcasts(deps.publishLog, deps.outages);
  }

  start(): void {
    const { nodes } = this.#deps;
    for (const node of nodes) {
      for (const channel of CHAOS_CHANNELS) this.#loop(() => this.#burst(node, channel), nodes.length);
      this.#loop(() => this.#floodOnce(node), nodes.length);
    }
    for (const name of SENDERS)
      for (const channel of [hall, membersOnly]) this.#loop(() => this.#publish(name, channel));
    this.#loop(() => this.#publishWithoutRight());
  }

  /** Ends all loops, with a last message of every publisher. Resolves when all of it has been acknowledged. */
  async finish(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#loops);
    for (const node of this.#deps.nodes)
      for (const channel of CHAOS_CHANNELS) await this.#broadcasts.publish(node, channel);
    for (const name of SENDERS) for (const channel of [hall, membersOnly]) this.#publish(name, channel);
    await Promise.all(this.#withoutReply);
  }

  /** `timesSlower`: several nodes together publish as much as one alone. */
  #loop(publish: () => Promise<void> | void, timesSlower = 1): void {
    const { random } = this.#deps;
    const loop = async () => {
      while (!this.#isOver) {
        await passed(between(random, 1, 2 * MEAN_PAUSE_MS) * timesSlower);
        await publish();
      }
    };
    this.#loops.push(loop());
  }

  /** Mostly one message, at times many. */
  async #burst(node: ChaosNode, channel: ChaosChannel): Promise<void> {
    const { random } = this.#deps;
    const count = between(random, 0, 99) < 3 ? between(random, 5, 60) : 1;
    for (let sent = 0; sent < count; sent += 1) await this.#broadcasts.publish(node, channel);
  }

  /** More than the kernel holds for a stalled connection, so that it overflows; where nothing is kept, and slowly enough for the others. */
  async #floodOnce(node: ChaosNode): Promise<void> {
    const { nodes, random } = this.#deps;
    await passed(between(random, 1, 2 * HEAVY_PAUSE_MS) * nodes.length);
    for (let sent = 0; sent < HEAVY_COUNT && !this.#isOver; sent += 1) {
      await this.#broadcasts.publish(node, fleeting, HEAVY);
      await passed(HEAVY_STEP_MS);
    }
  }

  #publish(name: string, { name: channel }: ChaosChannel): void {
    const { publishLog, client, outages } = this.#deps;
    if (this.#withoutReply.size >= MAX_UNREPLIED * SENDERS.length) return;
    const message = publishLog.publish(channel, name);
    const publishedAt = performance.now();
    const replied = client(name)
      .publish(channel, message)
      .then((receipt) => publishLog.replied(channel, name, receipt as BroadcastReceipt)) // a relay's reply is one
      .catch((refusal: Error) => this.#refused(channel, message, refusal))
      .finally(() => {
        this.#withoutReply.delete(replied);
        if (outages.overlaps(publishedAt, performance.now())) publishLog.markUnordered(channel, message);
      });
    this.#withoutReply.add(replied);
  }

  #refused(channel: string, message: Numbered, refusal: Error): void {
    const { publishLog, outages } = this.#deps;
    const code = "code" in refusal ? String(refusal.code) : refusal.message; // the conforming client reports only the code
    if (outages.excuses(code, performance.now())) publishLog.markUncertain(channel, message);
    else publishLog.refused(channel, message.by, code);
  }

  /** Its messages are not in the log of what was published: a client that receives one receives what no entitled sender published. */
  #publishWithoutRight(): void {
    const refused = this.#deps.client(INTRUDER).publish(membersOnly.name, { on: membersOnly.name, by: INTRUDER, n: 0 });
    refused.catch(() => undefined); // as it should be
  }
}
