import type { BrokerNode } from "../../seams/broker.seam.js";
import type { Clock } from "../../seams/clock.js";
import type { CarrierLink } from "./carrier-link.js";
import { parseClusterMessage } from "./cluster-message.js";
import type { ClusterSettings } from "./cluster-settings.js";
import { ClusterTerm } from "./cluster-term.js";
import { Deferred } from "./deferred.js";
import type { GapReport } from "./gap-report.js";
import { EndedMemberships } from "./ended-memberships.js";
import type { PendingCommands } from "./pending-commands.js";
import type { PublishedNumbers } from "./published-numbers.js";
import type { ShardTable } from "./shard-table.js";

export interface ClusterLifecycleDeps {
  readonly nodeId: string;
  readonly node: BrokerNode;
  /** Unique: the first part of the node's names. */
  readonly key: string;
  readonly link: CarrierLink;
  readonly clock: Clock;
  readonly settings: ClusterSettings;
  readonly shards: ShardTable;
  readonly numbers: PublishedNumbers;
  readonly commands: PendingCommands;
  readonly gaps: GapReport;
}

/** `leaving`: the others are being informed. */
export type ClusterState = "joining" | "live" | "isolated" | "leaving" | "left";

/** A node from its joining to its leaving, through as many terms as it is isolated times. */
export class ClusterLifecycle {
  readonly #deps: ClusterLifecycleDeps;
  readonly #joined = new Deferred();
  readonly #ended = new EndedMemberships();
  readonly #startedAt: number;
  #state: ClusterState = "joining";
  #terms = 0;
  #term: ClusterTerm;
  #stopCarrier: () => void = () => undefined;
  #stopClock: () => void = () => undefined;

  constructor(deps: ClusterLifecycleDeps) {
    this.#deps = deps;
    this.#startedAt = deps.clock.monotonic();
    this.#term = this.#newTerm(undefined);
  }

  get state(): ClusterState {
    return this.#state;
  }
  get term(): ClusterTerm {
    return this.#term;
  }

  /** Resolves when every live node counts this one. */
  async join(): Promise<void> {
    this.#tick();
    this.#deps.link
      .open(this.#deps.key, (text) => this.#onText(text))
      .then(
        (stop) => {
          this.#stopCarrier = stop;
          if (this.#state === "left") stop();
          else this.#term.joining.request();
        },
        (cause: unknown) => this.#failToJoin("its carrier refused the subscription", cause),
      );
    return this.#joined.promise;
  }

  /** Throws where this node is no member. */
  requireLive(): void {
    this.isolateIfStalled();
    if (this.#state === "isolated") throw new Error(CUT_OFF);
    if (this.#state !== "live") throw new Error(LEFT);
  }

  /** After a pause, a process may receive its messages before its timers run: the others have given it up meanwhile. */
  isolateIfStalled(): void {
    if (this.#state === "live" && !this.#term.isProven()) this.#isolate();
  }

  /** Delivers nothing more; false where there is no other node to inform. */
  beginToLeave(): boolean {
    const wasLive = this.#state === "live";
    if (this.#state !== "left") this.#state = "leaving";
    this.#deps.commands.failAll(LEFT);
    return wasLive;
  }

  end(why = new Error(LEFT)): void {
    this.#state = "left";
    this.#stopClock();
    this.#stopCarrier();
    this.#deps.commands.failAll(LEFT);
    this.#deps.shards.close(why);
    this.#joined.reject(why);
  }

  #tick(): void {
    const { clock, settings, shards, gaps } = this.#deps;
    this.#stopClock = clock.after(settings.heartbeatMs / 5, () => this.#tick());
    if (this.#state === "live" && this.#term.isCutOff()) this.#isolate();
    this.#term.tick();
    shards.releaseIdle(clock.monotonic() - LINGER_MS);
    if (this.#state === "live") gaps.send();
    if (this.#state === "joining" && clock.monotonic() - this.#startedAt >= settings.joinTimeoutMs)
      this.#failToJoin(this.#term.joining.describe(), this.#deps.link.lastFailure);
  }

  #onText(text: string): void {
    if (this.#state === "left") return;
    const message = parseClusterMessage(text);
    if (message) this.#term.receive(message);
  }

  #isolate(): void {
    const { node, commands, numbers, shards } = this.#deps;
    if (this.#state === "leaving" || this.#state === "left") return;
    if (this.#state === "live") {
      this.#state = "isolated";
      node.onIsolated();
      commands.failAll(CUT_OFF);
    }
    this.#ended.add(this.#term.self, Number.POSITIVE_INFINITY);
    numbers.clear();
    shards.suspend();
    this.#term = this.#newTerm(this.#term.self);
  }

  #newTerm(was: string | undefined): ClusterTerm {
    const { nodeId, node, key, clock, gaps } = this.#deps;
    this.#terms += 1;
    return new ClusterTerm(`${key}.${this.#terms}`, was, {
      ...this.#deps,
      node: nodeId,
      now: () => clock.monotonic(),
      ended: this.#ended,
      execute: (command) => node.onCommand(command),
      onGap: () => gaps.addAll(),
      onLive: () => this.#onLive(),
      onCutOff: () => this.#isolate(),
      onRefused: (reason) => {
        if (this.#state === "joining") this.#failToJoin(reason);
      },
    });
  }

  #onLive(): void {
    const isFirst = this.#state === "joining";
    this.#state = "live";
    this.#deps.gaps.clear();
    if (isFirst) return this.#joined.resolve();
    this.#deps.node.onRejoined();
    this.#deps.node.onGap();
  }

  #failToJoin(why: string, cause?: unknown): void {
    if (this.#state !== "left")
      this.end(new Error(`Node ${this.#deps.nodeId} could not join its broker: ${why}.`, { cause }));
  }
}

const LINGER_MS = 10_000; // a subscription to a shard that is wanted again soon is cheaper kept
const CUT_OFF = "This node is cut off from the others; it joins again by itself. Send again after that.";
const LEFT = "This node has left its broker. Publish before realtime.close(), or through another node.";
