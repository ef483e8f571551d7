import { setTimeout as passed } from "node:timers/promises";
import { Chronicle, type Mark } from "./judge/chronicle";
import type { Diary } from "./judge/diary";
import type { Right, Witness } from "./judge/evidence";
import { ChaosProxy } from "./network/chaos-proxy";
import type { ScheduledFault } from "./network/fault";
import { faultSchedule } from "./network/fault-schedule";
import { createRandom } from "./network/random";
import { CAST, FALLEN, INTRUDER, PASSER_BY } from "./cast";
import { CHAOS_CHANNELS, vault } from "./chaos-channels";
import { ChaosNode } from "./chaos-node";
import { eventually } from "./eventually";
import { CHANNELS, childOf, openPerson, type Person } from "./people";
import { PRESENCE_BOUND_MS, PresenceScene } from "./presence-scene";
import type { RunOptions } from "./run-options";
import { reportOf, type RunReport } from "./run-report";
import { Speakers } from "./speakers";

const FAULT_EVERY_MS = 120;
const PATIENCE_MS = 20_000; // after the last fault; far over what any end takes to be noticed

/** One run over one transport: people join in peace, everything goes wrong, peace returns, and what was seen is judged. */
export async function runChaos(options: RunOptions): Promise<RunReport> {
  const node = await ChaosNode.open(options.transport, createRandom(options.seed), options.sabotage);
  const proxy = await ChaosProxy.open(node.port, createRandom(options.seed));
  const run = new ChaosRun(options, node, proxy);
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
  readonly #options: Required<Omit<RunOptions, "sabotage">>;
  readonly #node: ChaosNode;
  readonly #proxy: ChaosProxy;
  readonly #schedule: readonly ScheduledFault[];
  readonly #people: readonly Person[];
  readonly #passerBy: Person;
  readonly #presence: PresenceScene;
  readonly #speakers: Speakers;
  readonly #chronicle = new Chronicle();
  #fallenAt: Mark = new Map();

  constructor(options: RunOptions, node: ChaosNode, proxy: ChaosProxy) {
    const usual = { faultEveryMs: FAULT_EVERY_MS, patienceMs: PATIENCE_MS, presenceBoundMs: PRESENCE_BOUND_MS };
    this.#options = { client: "lawful", timesFaster: 3, ...usual, ...options };
    const { seed, seconds, faultEveryMs, transport, client, timesFaster } = this.#options;
    const random = createRandom(seed);
    this.#node = node;
    this.#proxy = proxy;
    this.#schedule = faultSchedule(random, { durationMs: seconds * 1_000, everyMs: faultEveryMs });
    const door = { port: proxy.port, transport, client, timesFaster };
    this.#people = CAST.map((role) => openPerson(role, door, random));
    this.#passerBy = openPerson(PASSER_BY, door, random);
    this.#presence = new PresenceScene(this.#people, this.#options.presenceBoundMs);
    this.#speakers = new Speakers({
      node,
      chronicle: this.#chronicle,
      random: childOf(random),
      client: (name) => this.#person(name).client,
    });
  }

  /** Everybody is in, or was refused, before the first word. */
  async gather(): Promise<void> {
    const answered = ({ entries }: Diary) => new Set(entries.map(({ channel }) => channel)).size === CHANNELS.length;
    const areAllIn = () => this.#people.every(({ diary }) => answered(diary));
    if (!(await eventually(areAllIn, PATIENCE_MS)))
      throw new Error(`Not everybody got in over ${this.#options.transport.name}.`);
    await eventually(() => this.#presence.isTrue(), this.#options.patienceMs);
  }

  /** Everybody speaks while the network fails; midway one loses a right. */
  async storm(): Promise<void> {
    const began = performance.now();
    const until = async (atMs: number) => passed(Math.max(0, atMs - (performance.now() - began)));
    const endMs = this.#options.seconds * 1_000;
    this.#speakers.start();
    const fall = until(endMs / 2).then(async () => this.#fall());
    void until(endMs / 3).then(() => this.#passBy());
    for (const scheduled of this.#schedule) {
      await until(scheduled.atMs);
      this.#proxy.strike(scheduled);
    }
    await Promise.all([fall, until(endMs)]);
  }

  /** The weather clears; the last words are said, and heard by all who may. */
  async calm(): Promise<void> {
    const { patienceMs } = this.#options;
    this.#proxy.heal();
    await Promise.race([this.#speakers.lastWords(), passed(patienceMs, undefined, { ref: false })]);
    await eventually(() => this.#isAllHeard(), patienceMs);
    await eventually(() => this.#presence.isTrue(), this.#options.presenceBoundMs);
  }

  report(): RunReport {
    const people = this.#people.map(({ role: { name }, diary }) => ({ name, diary }));
    const evidence = {
      channels: CHAOS_CHANNELS.map(({ name, history }) => ({ channel: name, kept: history?.size ?? 0 })),
      chronicle: this.#chronicle,
      witnesses: people.map(({ name, diary }) => ({ name, entries: diary.entries, rights: this.#rightsOf(name) })),
      presence: this.#presence.evidence(),
    };
    const { kills, faults } = this.#proxy;
    const resent = people.reduce((sum, { diary }) => sum + diary.resent, 0);
    return reportOf(evidence, { ...this.#options, kills, faults, resent, endings: this.#node.endings });
  }

  async close(): Promise<void> {
    for (const { client } of [...this.#people, this.#passerBy]) client.close();
    await this.#proxy.close();
    await this.#node.close();
  }

  async #fall(): Promise<void> {
    await this.#node.ban(FALLEN);
    this.#fallenAt = this.#chronicle.said(vault.name);
    this.#presence.fell();
  }

  #passBy(): void {
    this.#passerBy.client.close();
    this.#presence.passed();
  }

  #isAllHeard(): boolean {
    return CHANNELS.every((channel) => {
      const entitled = this.#people.filter(({ role }) => this.#rightsOf(role.name).get(channel) === "all");
      return entitled.every(({ diary }) => diary.reach(channel) >= this.#chronicle.end(channel));
    });
  }

  #rightsOf(name: string): Witness["rights"] {
    const ofVault: Right = name === INTRUDER ? "nothing" : name === FALLEN ? { until: this.#fallenAt } : "all";
    return new Map(CHANNELS.map((channel) => [channel, channel === vault.name ? ofVault : "all"]));
  }

  #person(name: string): Person {
    const person = this.#people.find(({ role }) => role.name === name);
    if (!person) throw new TypeError(`Nobody is called "${name}".`);
    return person;
  }
}
