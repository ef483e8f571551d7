import { setTimeout as passed } from "node:timers/promises";
import { PublishLog, type Mark } from "./checker/publish-log";
import type { EventLog } from "./checker/event-log";
import type { Right, ObservedClient } from "./checker/message-run";
import { ChaosNetwork } from "./network/chaos-network";
import type { ScheduledFault } from "./network/fault";
import { faultSchedule } from "./network/fault-schedule";
import { createRandom } from "./network/random";
import { IDENTITIES, REVOKED_USER, INTRUDER, SHORT_LIVED } from "./cluster/client-identities";
import { CHAOS_CHANNELS, membersOnly } from "./cluster/chaos-channels";
import { ChaosCluster } from "./cluster/chaos-cluster";
import { eventually } from "./eventually";
import { CHANNELS, childOf, openApplication, type Application } from "./applications";
import { PRESENCE_BOUND_MS, PresenceRecord } from "./presence-record";
import type { RunOptions } from "./run-options";
import { reportOf, type RunReport } from "./run-report";
import { Publishers } from "./publishers";

const FAULT_EVERY_MS = 120;
const PATIENCE_MS = 20_000; // after the last fault; far more than the detection of any lost connection takes

/** One run over one transport: applications subscribe without faults, faults happen, faults end, and what was received is checked. */
export async function runChaos(options: RunOptions): Promise<RunReport> {
  const cluster = await ChaosCluster.open({ ...options, random: createRandom(options.seed) });
  const network = await ChaosNetwork.open(
    cluster.nodes.map(({ port }) => port),
    options.seed,
  );
  const run = new ChaosRun(options, cluster, network);
  try {
    await run.connectAll();
    await run.injectFaults();
    await run.settle();
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
  readonly #applications: readonly Application[];
  readonly #shortLived: Application;
  readonly #presence: PresenceRecord;
  readonly #publishers: Publishers;
  readonly #publishLog = new PublishLog();
  #revokedAt: Mark = new Map();

  constructor(options: RunOptions, cluster: ChaosCluster, network: ChaosNetwork) {
    const usual = {
      faultEveryMs: FAULT_EVERY_MS,
      patienceMs: PATIENCE_MS,
      presenceBoundMs: PRESENCE_BOUND_MS + cluster.longestOutageMs,
    };
    this.#options = { client: "conforming", nodes: 1, timesFaster: 3, ...usual, ...options };
    const { seed, seconds, faultEveryMs, transport, client, timesFaster } = this.#options;
    const random = createRandom(seed);
    this.#cluster = cluster;
    this.#network = network;
    this.#schedule = faultSchedule(random, { durationMs: seconds * 1_000, everyMs: faultEveryMs });
    const target = { ports: network.ports, transport, client, timesFaster };
    this.#applications = IDENTITIES.map((identity) => openApplication(identity, target, random));
    this.#shortLived = openApplication(SHORT_LIVED, target, random);
    this.#presence = new PresenceRecord(this.#applications, {
      boundMs: this.#options.presenceBoundMs,
      nodes: this.#options.nodes,
    });
    this.#publishers = new Publishers({
      nodes: cluster.nodes,
      publishLog: this.#publishLog,
      outages: cluster.outages,
      random: childOf(random),
      client: (name) => this.#application(name).client,
    });
  }

  /** Every client is subscribed, or was refused, before the first message. */
  async connectAll(): Promise<void> {
    const replied = ({ entries }: EventLog) => new Set(entries.map(({ channel }) => channel)).size === CHANNELS.length;
    const areAllIn = () => this.#applications.every(({ eventLog }) => replied(eventLog));
    if (!(await eventually(areAllIn, PATIENCE_MS)))
      throw new Error(`Not every client was subscribed over ${this.#options.transport.name}.`);
    await eventually(() => this.#presence.isTrue(), this.#options.patienceMs);
  }

  /** All senders publish while the network fails; midway one user loses a right. */
  async injectFaults(): Promise<void> {
    const began = performance.now();
    const until = async (atMs: number) => passed(Math.max(0, atMs - (performance.now() - began)));
    const endMs = this.#options.seconds * 1_000;
    this.#publishers.start();
    this.#cluster.disturb();
    const revoke = until(endMs / 2).then(async () => this.#revoke());
    void until(endMs / 3).then(() => this.#closeShortLived());
    for (const scheduled of this.#schedule) {
      await until(scheduled.atMs);
      this.#network.strike(scheduled);
    }
    await Promise.all([revoke, until(endMs)]);
  }

  /** The network recovers; the last messages are published, and received by all that may receive them. */
  async settle(): Promise<void> {
    const { patienceMs } = this.#options;
    this.#network.heal();
    await this.#cluster.heal();
    await Promise.race([this.#publishers.finish(), passed(patienceMs, undefined, { ref: false })]);
    await eventually(() => this.#isAllReceived(), patienceMs);
    await eventually(() => this.#presence.isTrue(), this.#options.presenceBoundMs);
  }

  report(): RunReport {
    const applications = this.#applications.map(({ identity: { name }, eventLog }) => ({ name, eventLog }));
    const recorded = {
      nodes: this.#options.nodes,
      channels: CHAOS_CHANNELS.map(({ name, history }) => ({ channel: name, kept: history?.size ?? 0 })),
      publishLog: this.#publishLog,
      outages: this.#cluster.outages,
      clients: applications.map(({ name, eventLog }) => ({
        name,
        entries: eventLog.entries,
        rights: this.#rightsOf(name),
      })),
      presence: this.#presence.presenceRun(),
    };
    const { kills, faults } = this.#network;
    const { endings, brokerFaults } = this.#cluster;
    const inDoubt = this.#publishLog.excuses;
    const resent = applications.reduce((sum, { eventLog }) => sum + eventLog.resent, 0);
    return reportOf(recorded, { ...this.#options, kills, faults, resent, inDoubt, endings, brokerFaults });
  }

  async close(): Promise<void> {
    for (const { client } of [...this.#applications, this.#shortLived]) client.close();
    await this.#network.close();
    await this.#cluster.close();
  }

  async #revoke(): Promise<void> {
    await this.#cluster.ban(REVOKED_USER);
    this.#revokedAt = this.#publishLog.published(membersOnly.name);
    this.#presence.revoked();
  }

  #closeShortLived(): void {
    this.#shortLived.client.close();
    this.#presence.passed();
  }

  #isAllReceived(): boolean {
    return CHANNELS.every((channel) => {
      const entitled = this.#applications.filter(
        ({ identity }) => this.#rightsOf(identity.name).get(channel) === "all",
      );
      const reaches = entitled.map(({ eventLog }) => eventLog.reach(channel));
      const end = Math.max(this.#publishLog.end(channel), ...reaches); // what a relay numbers later is acknowledged without an offset
      return reaches.every((reach) => reach >= end) && this.#isLastReceived(channel, entitled);
    });
  }

  /** Some client has received the last message of every publisher, where the channel has a history. */
  #isLastReceived(channel: string, entitled: readonly Application[]): boolean {
    const { history } = CHAOS_CHANNELS.find(({ name }) => name === channel) ?? {};
    return [...this.#publishLog.published(channel)].every(
      ([by, count]) =>
        !history ||
        this.#publishLog.isUncertain(channel, { by, n: count - 1 }) ||
        entitled.some(({ eventLog }) => eventLog.latest(channel, by) === count - 1),
    );
  }

  #rightsOf(name: string): ObservedClient["rights"] {
    const ofMembersOnly: Right =
      name === INTRUDER ? "nothing" : name === REVOKED_USER ? { until: this.#revokedAt } : "all";
    return new Map(CHANNELS.map((channel) => [channel, channel === membersOnly.name ? ofMembersOnly : "all"]));
  }

  #application(name: string): Application {
    const application = this.#applications.find(({ identity }) => identity.name === name);
    if (!application) throw new TypeError(`There is no application "${name}".`);
    return application;
  }
}
