import { setTimeout as passed } from "node:timers/promises";
import {
  ChaosProxy,
  Chronicle,
  createRandom,
  Diary,
  faultSchedule,
  LawfulClient,
  type ChaosClient,
  type Mark,
  type Random,
  type Right,
  type ScheduledFault,
  type Witness,
} from "@repo/core-testing/chaos";
import { CAST, FALLEN, INTRUDER } from "./cast";
import { CHAOS_CHANNELS, vault } from "./chaos-channels";
import { ChaosNode } from "./chaos-node";
import type { RunOptions } from "./run-options";
import { reportOf, type RunReport } from "./run-report";
import { Speakers } from "./speakers";

const FAULT_EVERY_MS = 120;
const PATIENCE_MS = 20_000; // after the last fault; far over what any end takes to be noticed
const CHANNELS = CHAOS_CHANNELS.map(({ name }) => name);

/** One run over one transport: people join in peace, everything goes wrong, peace returns, and what was seen is judged. */
export async function runChaos(options: RunOptions): Promise<RunReport> {
  const run = await ChaosRun.open(options);
  try {
    await run.gather();
    await run.storm();
    await run.calm();
    return run.report();
  } finally {
    await run.close();
  }
}

class ChaosRun {
  readonly #options: RunOptions;
  readonly #node: ChaosNode;
  readonly #proxy: ChaosProxy;
  readonly #schedule: readonly ScheduledFault[];
  readonly #speakers: Speakers;
  readonly #chronicle = new Chronicle();
  readonly #diaries = new Map<string, Diary>();
  readonly #clients = new Map<string, ChaosClient>();
  #fallenAt: Mark = new Map();

  private constructor(options: RunOptions, node: ChaosNode, proxy: ChaosProxy) {
    const { seed, seconds, faultEveryMs = FAULT_EVERY_MS, transport } = options;
    const random = createRandom(seed);
    this.#options = options;
    this.#node = node;
    this.#proxy = proxy;
    this.#schedule = faultSchedule(random, { durationMs: seconds * 1_000, everyMs: faultEveryMs });
    for (const name of CAST) {
      const diary = new Diary();
      const open = transport.linksTo(proxy.port, name);
      this.#diaries.set(name, diary);
      this.#clients.set(name, new LawfulClient({ open, channels: CHANNELS, random: childOf(random) }, diary));
    }
    this.#speakers = new Speakers({
      node,
      chronicle: this.#chronicle,
      random: childOf(random),
      client: (name) => this.#clientOf(name),
    });
  }

  static async open(options: RunOptions): Promise<ChaosRun> {
    const node = await ChaosNode.open(options.transport, options.sabotage);
    const proxy = await ChaosProxy.open(node.port, createRandom(options.seed));
    return new ChaosRun(options, node, proxy);
  }

  /** Everybody is in, or was refused, before the first word. */
  async gather(): Promise<void> {
    const answered = ({ entries }: Diary) => new Set(entries.map(({ channel }) => channel)).size === CHANNELS.length;
    const areAllIn = () => [...this.#diaries.values()].every(answered);
    if (!(await eventually(areAllIn, PATIENCE_MS)))
      throw new Error(`Not everybody got in over ${this.#options.transport.name}.`);
  }

  /** Everybody speaks while the network fails; midway one loses a right. */
  async storm(): Promise<void> {
    const began = performance.now();
    const until = async (atMs: number) => passed(Math.max(0, atMs - (performance.now() - began)));
    const endMs = this.#options.seconds * 1_000;
    this.#speakers.start();
    const fall = until(endMs / 2).then(async () => this.#fall());
    for (const scheduled of this.#schedule) {
      await until(scheduled.atMs);
      this.#proxy.strike(scheduled);
    }
    await Promise.all([fall, until(endMs)]);
  }

  /** The weather clears; the last words are said, and heard by all who may. */
  async calm(): Promise<void> {
    this.#proxy.heal();
    await Promise.race([this.#speakers.lastWords(), passed(this.#patienceMs, undefined, { ref: false })]);
    await eventually(() => this.#isAllHeard(), this.#patienceMs);
  }

  report(): RunReport {
    const channels = CHAOS_CHANNELS.map(({ name, history }) => ({ channel: name, kept: history?.size ?? 0 }));
    const witnesses = [...this.#diaries].map(([name, { entries }]) => ({
      name,
      entries,
      rights: this.#rightsOf(name),
    }));
    const { kills, faults } = this.#proxy;
    const evidence = { channels, chronicle: this.#chronicle, witnesses };
    const resent = [...this.#diaries.values()].reduce((sum, diary) => sum + diary.resent, 0);
    return reportOf(evidence, { ...this.#options, kills, faults, resent, endings: this.#node.endings });
  }

  async close(): Promise<void> {
    for (const client of this.#clients.values()) client.close();
    await this.#proxy.close();
    await this.#node.close();
  }

  get #patienceMs(): number {
    return this.#options.patienceMs ?? PATIENCE_MS;
  }

  async #fall(): Promise<void> {
    await this.#node.ban(FALLEN);
    this.#fallenAt = this.#chronicle.said(vault.name);
  }

  #isAllHeard(): boolean {
    return CHANNELS.every((channel) => {
      const entitled = [...this.#diaries].filter(([name]) => this.#rightsOf(name).get(channel) === "all");
      return entitled.every(([, diary]) => diary.reach(channel) >= this.#chronicle.end(channel));
    });
  }

  #rightsOf(name: string): Witness["rights"] {
    const ofVault: Right = name === INTRUDER ? "nothing" : name === FALLEN ? { until: this.#fallenAt } : "all";
    return new Map(CHANNELS.map((channel) => [channel, channel === vault.name ? ofVault : "all"]));
  }

  #clientOf(name: string): ChaosClient {
    const client = this.#clients.get(name);
    if (!client) throw new TypeError(`Nobody is called "${name}".`);
    return client;
  }
}

/** Chance of its own, so that one thing's timing does not change another's lot. */
function childOf(random: Random): Random {
  return createRandom(random() * 2 ** 32);
}

async function eventually(isSo: () => boolean, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while (!isSo()) {
    if (performance.now() > deadline) return false;
    await passed(25);
  }
  return true;
}
