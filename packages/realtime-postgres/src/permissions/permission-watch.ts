import type { BrokerNode, Clock, IRealtimeHandlerRegistry } from "@repo/core-realtime";
import { isSqlChannel } from "../channels/sql-channel.js";
import type { SqlClient } from "../client/sql-client.js";
import { Refresher } from "../refresher.js";
import { analysePermissions } from "./dependency-analysis.js";
import type { UndecidedSubscription, UndecidedSubscriptions } from "./undecided-subscriptions.js";

const ANALYSE_MS = 1_000;
const RETRY_MS = 1_000;
/** The notification that means every pattern. */
const EVERY_PATTERN = "";

export interface PermissionWatchDeps {
  readonly client: SqlClient;
  readonly registry: Pick<IRealtimeHandlerRegistry, "listChannels">;
  readonly clock: Clock;
  readonly onError: (cause: unknown) => void;
  /** Milliseconds between two checks of all subscriptions. */
  readonly recheckMs: number;
  readonly undecided: UndecidedSubscriptions;
}

/**
 * Open subscriptions of this node, checked again when what their policies depend on has changed: as soon as a trigger notifies, and all of
 * them at intervals. Policies that change are analysed within a second. What the database cannot decide stays open for a bounded time.
 */
export class PermissionWatch {
  readonly #deps: PermissionWatchDeps;
  readonly #analysis: Refresher;
  readonly #checks: Refresher;
  #node: Pick<BrokerNode, "onCommand"> | undefined;
  #changed = new Set<string>();
  #unlisten: () => Promise<void> = () => Promise.resolve();
  #cancelRetry: () => void = () => undefined;

  constructor(deps: PermissionWatchDeps) {
    const { client, clock, onError, recheckMs, undecided } = deps;
    this.#deps = deps;
    const analyse = () => analysePermissions(client);
    this.#analysis = new Refresher({ clock, onError, everyMs: ANALYSE_MS, run: analyse });
    this.#checks = new Refresher({
      clock,
      onError,
      everyMs: recheckMs,
      run: (isPeriodic) => this.#recheck(isPeriodic),
    });
    undecided.onLastCheck((due) => this.#lastCheck(due));
  }

  /** The node whose subscriptions are checked. */
  follow(node: Pick<BrokerNode, "onCommand">): void {
    this.#node = node;
  }

  async start(): Promise<void> {
    const listener = {
      onNotify: (pattern: string) => this.#notified(pattern),
      onGap: () => this.#notified(EVERY_PATTERN),
    };
    this.#unlisten = await this.#deps.client.listen("realtime_permissions", listener);
    await this.#analysis.start().catch(this.#deps.onError); // a table may be locked at this moment
    await this.#checks.start();
  }

  async stop(): Promise<void> {
    this.#cancelRetry();
    this.#deps.undecided.close();
    await this.#unlisten();
    await Promise.all([this.#analysis.stop(), this.#checks.stop()]);
  }

  /** Any role of the database may notify: what is no pattern of this node has no subscriptions, and costs nothing. */
  #notified(pattern: string): void {
    if (pattern !== EVERY_PATTERN && !this.#patterns().includes(pattern)) return;
    this.#changed.add(pattern);
    this.#checks.request();
  }

  /** Of the patterns that were notified; of all, where it is time for it. */
  async #recheck(isPeriodic: boolean): Promise<void> {
    const changed = this.#changed;
    this.#changed = new Set();
    const isAll = isPeriodic || changed.has(EVERY_PATTERN);
    const meant = this.#patterns().filter((pattern) => isAll || changed.has(pattern));
    const { client, clock, undecided } = this.#deps;
    const began = clock.monotonic();
    try {
      await client.query("select 1");
    } catch (cause) {
      undecided.awaySince = began; // no query to a database that is away: its time-out may take long
      await this.#recheckPatterns(meant);
      undecided.awaySince = undefined;
      this.#retry(changed);
      throw cause;
    }
    await this.#recheckPatterns(meant);
  }

  async #recheckPatterns(templates: readonly string[]): Promise<void> {
    await Promise.all(templates.map((template) => this.#node?.onCommand({ kind: "recheck", template })));
  }

  async #lastCheck(due: readonly UndecidedSubscription[]): Promise<void> {
    const targets = new Map(due.map((target) => [JSON.stringify(target), target])); // the tabs of a user are one
    await Promise.all(
      [...targets.values()].map(({ channel, userId }) => this.#node?.onCommand({ kind: "recheck", channel, userId })),
    );
  }

  /** What was notified is checked when the database is there again. */
  #retry(changed: ReadonlySet<string>): void {
    for (const pattern of changed) this.#changed.add(pattern);
    if (this.#changed.size === 0) return;
    this.#cancelRetry();
    this.#cancelRetry = this.#deps.clock.after(RETRY_MS, () => this.#checks.request());
  }

  #patterns(): readonly string[] {
    const channels = this.#deps.registry.listChannels().filter(isSqlChannel);
    return channels.map(({ name }) => name);
  }
}
