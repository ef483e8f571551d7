import { randomUUID } from "node:crypto";
import type {
  BrokerEnvelope,
  BrokerMembership,
  BrokerNode,
  CommandOutcome,
  RealtimeCommand,
} from "../../seams/broker.seam.js";
import type { Clock } from "../../seams/clock.js";
import type { CarrierLink } from "./carrier-link.js";
import { ClusterLifecycle } from "./cluster-lifecycle.js";
import { formatEnvelope, type NumberedEnvelope } from "./cluster-message.js";
import type { ClusterSettings } from "./cluster-settings.js";
import { GapReport } from "./gap-report.js";
import { PendingCommands, type CommandToSend } from "./pending-commands.js";
import { PublishedNumbers } from "./published-numbers.js";
import { ShardTable } from "./shard-table.js";

export interface PubSubMembershipDeps {
  readonly nodeId: string;
  readonly node: BrokerNode;
  readonly link: CarrierLink;
  readonly clock: Clock;
  readonly settings: ClusterSettings;
  readonly onLeft: (membership: PubSubMembership) => void;
}

/** One node's membership over a publish/subscribe carrier. */
export class PubSubMembership implements BrokerMembership {
  readonly #deps: PubSubMembershipDeps;
  readonly #numbers = new PublishedNumbers();
  readonly #gaps: GapReport;
  readonly #commands: PendingCommands;
  readonly #shards: ShardTable;
  readonly #lifecycle: ClusterLifecycle;
  #isSyncQueued = false;

  constructor(deps: PubSubMembershipDeps) {
    const { node, link, settings } = deps;
    this.#deps = deps;
    this.#gaps = new GapReport(node);
    const now = () => this.#now();
    this.#commands = new PendingCommands({ now, send: (command, to) => this.#sendCommand(command, to) });
    this.#shards = new ShardTable({
      link,
      shards: settings.shards,
      now,
      publishers: () => this.#lifecycle.term.ids(),
      requestSync: () => this.#queueSync(),
      deliver: (envelope) => this.#receive(envelope),
      onGap: (channels) => this.#gaps.add(channels),
    });
    this.#lifecycle = new ClusterLifecycle({
      ...deps,
      key: randomUUID().slice(-12), // 48 random bits, in every envelope
      shards: this.#shards,
      numbers: this.#numbers,
      commands: this.#commands,
      gaps: this.#gaps,
    });
  }

  /** Resolves when every live node counts this one. */
  async join(): Promise<void> {
    try {
      await this.#lifecycle.join();
    } catch (cause) {
      this.#deps.onLeft(this);
      throw cause;
    }
  }

  publish(envelope: BrokerEnvelope): Promise<void> | void {
    this.#lifecycle.requireLive();
    const { channel } = envelope;
    const json = JSON.stringify(envelope);
    const shard = this.#shards.numberOf(channel);
    const number = this.#numbers.next(shard, this.#now());
    const from = this.#lifecycle.term.self;
    const published = this.#deps.link.publish(shard, formatEnvelope({ from, number, channel, json }));
    if (this.#shards.isWanted(channel)) this.#deliver(envelope);
    return published;
  }

  want(channel: string): Promise<void> | void {
    const { state } = this.#lifecycle;
    if (state === "left" || state === "leaving") this.#lifecycle.requireLive();
    return this.#shards.want(channel);
  }

  unwant(channel: string): void {
    this.#shards.unwant(channel);
  }

  async command(command: RealtimeCommand): Promise<CommandOutcome> {
    this.#lifecycle.requireLive();
    const { commandTimeoutMs: timeoutMs } = this.#deps.settings;
    const others = this.#commands.issue(command, { targets: this.#lifecycle.term.targets(), timeoutMs });
    const [own, theirs] = await Promise.allSettled([this.#carryOut(command), others]);
    if (theirs.status === "rejected") throw theirs.reason;
    if (own.status === "rejected") throw own.reason;
    return { nodes: theirs.value.nodes + 1, givenUp: theirs.value.givenUp };
  }

  async leave(): Promise<void> {
    const { state, term } = this.#lifecycle;
    if (state === "left" || state === "leaving") return;
    const timeoutMs = 2 * this.#deps.settings.heartbeatMs; // a node that has not confirmed by then gives this one up as dead
    const body = { kind: "leave", numbers: this.#numbers.since(Number.NEGATIVE_INFINITY) } as const;
    if (this.#lifecycle.beginToLeave())
      await this.#commands.issue(body, { targets: term.targets(), timeoutMs }).catch(() => undefined);
    this.#lifecycle.end();
    this.#deps.onLeft(this);
  }

  #receive({ channel, json }: NumberedEnvelope): void {
    try {
      const envelope = JSON.parse(json) as BrokerEnvelope;
      this.#lifecycle.isolateIfStalled();
      if (this.#lifecycle.state === "live") this.#deliver(envelope);
    } catch {
      this.#gaps.add([channel]); // not JSON: something is missing here
    }
  }

  #deliver(envelope: BrokerEnvelope): void {
    try {
      this.#deps.node.onEnvelope(envelope);
    } catch {
      this.#gaps.add([envelope.channel]); // the node has missed it; the others have it
    }
  }

  async #carryOut(command: RealtimeCommand): Promise<void> {
    await this.#deps.node.onCommand(command);
  }

  #sendCommand(command: CommandToSend, to: string | undefined): void {
    const message = { kind: "command", from: this.#lifecycle.term.self, ...command } as const;
    if (to === undefined) this.#deps.link.sendToAll(message);
    else this.#deps.link.sendTo(to, message);
  }

  /** One request for all the shards that were subscribed to in this turn. */
  #queueSync(): void {
    if (this.#isSyncQueued) return;
    this.#isSyncQueued = true;
    queueMicrotask(() => {
      this.#isSyncQueued = false;
      if (this.#lifecycle.state !== "left") this.#lifecycle.term.joining.request();
    });
  }

  #now(): number {
    return this.#deps.clock.monotonic();
  }
}
