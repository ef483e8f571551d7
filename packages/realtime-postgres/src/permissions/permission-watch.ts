import type { BrokerNode, Clock, IRealtimeHandlerRegistry } from "@repo/core-realtime";
import { isSqlChannel } from "../channels/sql-channel.js";
import type { SqlClient } from "../client/sql-client.js";
import { Refresher } from "../refresher.js";
import { analysePermissions } from "./dependency-analysis.js";

const ANALYSE_MS = 1_000;
const RECHECK_MS = 30_000;
/** The notification that means every pattern. */
const EVERY_PATTERN = "";

export interface PermissionWatchDeps {
  readonly client: SqlClient;
  readonly registry: Pick<IRealtimeHandlerRegistry, "listChannels">;
  readonly clock: Clock;
  readonly onError: (cause: unknown) => void;
  /** Milliseconds between two checks of all subscriptions; default 30 s. */
  readonly recheckMs?: number | undefined;
}

/**
 * Open subscriptions of this node, checked again when what their policies depend on has changed: as soon as a trigger notifies, and all of
 * them at intervals. Policies that change are analysed within a second.
 */
export class PermissionWatch {
  readonly #deps: PermissionWatchDeps;
  readonly #analysis: Refresher;
  readonly #checks: Refresher;
  #node: Pick<BrokerNode, "onCommand"> | undefined;
  #changed = new Set<string>();
  #unlisten: () => Promise<void> = () => Promise.resolve();

  constructor(deps: PermissionWatchDeps) {
    const { client, clock, onError, recheckMs = RECHECK_MS } = deps;
    this.#deps = deps;
    const analyse = () => analysePermissions(client);
    this.#analysis = new Refresher({ clock, onError, everyMs: ANALYSE_MS, run: analyse });
    this.#checks = new Refresher({
      clock,
      onError,
      everyMs: recheckMs,
      run: (isPeriodic) => this.#recheck(isPeriodic),
    });
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
    try {
      await this.#deps.client.query("select 1"); // while the database is away nothing is checked, and nobody put out
    } catch (cause) {
      for (const pattern of changed) this.#notified(pattern); // they are checked when it is there again
      throw cause;
    }
    await Promise.all(meant.map((template) => this.#node?.onCommand({ kind: "recheck", template })));
  }

  #patterns(): readonly string[] {
    const channels = this.#deps.registry.listChannels().filter(isSqlChannel);
    return channels.map(({ name }) => name);
  }
}
