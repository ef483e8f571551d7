import { setTimeout as passed } from "node:timers/promises";
import { Chronicle, type Mark } from "./judge/chronicle";
import type { Diary } from "./judge/diary";
import type { Right, Witness } from "./judge/evidence";
import { ChaosNetwork } from "./network/chaos-network";
import type { ScheduledFault } from "./network/fault";
import { faultSchedule } from "./network/fault-schedule";
import { createRandom } from "./network/random";
import { CAST, FALLEN, INTRUDER, PASSER_BY } from "./cluster/cast";
import { CHAOS_CHANNELS, vault } from "./cluster/chaos-channels";
import { ChaosCluster } from "./cluster/chaos-cluster";
import { eventually } from "./eventually";
import { CHANNELS, childOf, openPerson, type Person } from "./people";
import { PRESENCE_BOUND_MS, PresenceRecord } from "./presence-record";
import type { RunOptions } from "./run-options";
import { reportOf, type RunReport } from "./run-report";
import { Publishers } from "./publishers";

const FAULT_EVERY_MS = 120;
const PATIENCE_MS = 20_000; // after the last fault; far over what any end takes to be noticed

/** One run over one transport: people join in peace, everything goes wrong, peace returns, and what was seen is judged. */
export async function runChaos(options: RunOptions): Promise<RunReport> {
  const cluster = await ChaosCluster.open({ ...options, random: createRandom(options.seed) });
  const network = await ChaosNetwork.open(
    cluster.nodes.map(({ port }) => port),
    options.seed,
  );
  const run = new ChaosRun(options, cluster, network);
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
  readonly #options: Required<Omit<RunOptions, "sabotage" | "brokers">>;
  readonly #cluster: ChaosCluster;
  readonly #network: ChaosNetwork;
  readonly #schedule: readonly ScheduledFault[];
  readonly #people: readonly Person[];
  readonly #passerBy: Person;
  readonly #presence: PresenceRecord;
  readonly #publishers: Publishers;
  readonly #chronicle = new Chronicle();
  #fallenAt: Mark = new Map();

  constructor(options: RunOptions, cluster: ChaosCluster, network: ChaosNetwork) {
    const usual = {
      faultEveryMs: FAULT_EVERY_MS,
      patienceMs: PATIENCE_MS,
      presenceBoundMs: PRESENCE_BOUND_MS + cluster.longestOutageMs,
    };
    this.#options = { client: "lawful", nodes: 1, timesFaster: 3, ...usual, ...options };
    const { seed, seconds, faultEveryMs, transport, client, timesFaster } = this.#options;
    const random = createRandom(seed);
    this.#cluster = cluster;
    this.#network = network;
    this.#schedule = faultSchedule(random, { durationMs: seconds * 1_000, everyMs: faultEveryMs });
    const entrance = { ports: network.ports, transport, client, timesFaster };
    this.#people = CAST.map((role) => openPerson(role, entrance, random));
    this.#passerBy = openPerson(PASSER_BY, entrance, random);
    this.#presence = new PresenceRecord(this.#people, {
      boundMs: this.#options.presenceBoundMs,
      nodes: this.#options.nodes,
    });
    this.#publishers = new Publishers({
      nodes: cluster.nodes,
      chronicle: this.#chronicle,
      outages: cluster.outages,
      random: childOf(random),
      client: (name) => this.#person(name).client,
    });
  }

  /** Everybody is in, or was refused, before the first message. */
  async gather(): Promise<void> {
    const replied = ({ entries }: Diary) => new Set(entries.map(({ channel }) => channel)).size === CHANNELS.length;
    const areAllIn = () => this.#people.every(({ diary }) => replied(diary));
    if (!(await eventually(areAllIn, PATIENCE_MS)))
      throw new Error(`Not everybody got in over ${this.#options.transport.name}.`);
    await eventually(() => this.#presence.isTrue(), this.#options.patienceMs);
  }

  /** Everybody sends while the network fails; midway one loses a right. */
  async storm(): Promise<void> {
    const began = performance.now();
    const until = async (atMs: number) => passed(Math.max(0, atMs - (performance.now() - began)));
    const endMs = this.#options.seconds * 1_000;
    this.#publishers.start();
    this.#cluster.disturb();
    const fall = until(endMs / 2).then(async () => this.#fall());
    void until(endMs / 3).then(() => this.#passBy());
    for (const scheduled of this.#schedule) {
      await until(scheduled.atMs);
      this.#network.strike(scheduled);
    }
    await Promise.all([fall, until(endMs)]);
  }

  /** The network recovers; the last messages are published, and received by all who may. */
  async calm(): Promise<void> {
    const { patienceMs } = this.#options;
    this.#network.heal();
    await this.#cluster.heal();
    await Promise.race([this.#publishers.finish(), passed(patienceMs, undefined, { ref: false })]);
    await eventually(() => this.#isAllReceived(), patienceMs);
    await eventually(() => this.#presence.isTrue(), this.#options.presenceBoundMs);
  }

  report(): RunReport {
    const people = this.#people.map(({ role: { name }, diary }) => ({ name, diary }));
    const evidence = {
      nodes: this.#options.nodes,
      channels: CHAOS_CHANNELS.map(({ name, history }) => ({ channel: name, kept: history?.size ?? 0 })),
      chronicle: this.#chronicle,
      outages: this.#cluster.outages,
      witnesses: people.map(({ name, diary }) => ({ name, entries: diary.entries, rights: this.#rightsOf(name) })),
      presence: this.#presence.evidence(),
    };
    const { kills, faults } = this.#network;
    const { endings, brokerFaults } = this.#cluster;
    const inDoubt = this.#chronicle.excuses;
    const resent = people.reduce((sum, { diary }) => sum + diary.resent, 0);
    return reportOf(evidence, { ...this.#options, kills, faults, resent, inDoubt, endings, brokerFaults });
  }

  async close(): Promise<void> {
    for (const { client } of [...this.#people, this.#passerBy]) client.close();
    await this.#network.close();
    await this.#cluster.close();
  }

  async #fall(): Promise<void> {
    await this.#cluster.ban(FALLEN);
    this.#fallenAt = this.#chronicle.published(vault.name);
    this.#presence.fell();
  }

  #passBy(): void {
    this.#passerBy.client.close();
    this.#presence.passed();
  }

  #isAllReceived(): boolean {
    return CHANNELS.every((channel) => {
      const entitled = this.#people.filter(({ role }) => this.#rightsOf(role.name).get(channel) === "all");
      const reaches = entitled.map(({ diary }) => diary.reach(channel));
      const end = Math.max(this.#chronicle.end(channel), ...reaches); // what a relay numbers later is acknowledged without an offset
      return reaches.every((reach) => reach >= end) && this.#isLastReceived(channel, entitled);
    });
  }

  /** Somebody has received the last message of every publisher, where the channel has a history. */
  #isLastReceived(channel: string, entitled: readonly Person[]): boolean {
    const { history } = CHAOS_CHANNELS.find(({ name }) => name === channel) ?? {};
    return [...this.#chronicle.published(channel)].every(
      ([by, count]) =>
        !history ||
        this.#chronicle.isUncertain(channel, { by, n: count - 1 }) ||
        entitled.some(({ diary }) => diary.latest(channel, by) === count - 1),
    );
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
