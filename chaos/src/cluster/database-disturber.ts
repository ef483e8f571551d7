import { setTimeout as passed } from "node:timers/promises";
import type { PostgresServer, StopMode } from "@repo/postgres-testing";
import type { PgClient } from "@repo/realtime-postgres";
import type { Outages } from "../checker/outages";
import type { ChaosProxy } from "../network/chaos-proxy";
import { between, type Random } from "../network/random";

const LONGEST_PAUSE_MS = 5_000; // between two faults
const LONGEST_AWAY_MS = 3_000; // a node that is without the database for 2.5 s isolates itself
const LONGEST_HELD_MS = 6_500; // over the 5 s for which a statement waits for a connection
/** Of one fault, with the 5 s that a node needs to be one of several again. */
export const LONGEST_OUTAGE_MS = LONGEST_HELD_MS + 5_000;

/** The connections of one node. */
export interface NodePool {
  readonly client: PgClient;
  readonly connections: number;
}

/** What is disturbed, and where it is written down. */
export interface DatabaseDisturberDeps {
  readonly server: PostgresServer;
  /** In front of the server, for LISTEN and sessions alone. */
  readonly proxy: ChaosProxy;
  readonly pools: () => readonly NodePool[];
  readonly outages: Outages;
  readonly random: Random;
}

/** Disturbs a database again and again, as operations and networks do: restarts, crashes, half-open connections, an exhausted pool. */
export class DatabaseDisturber {
  readonly faults = new Map<string, number>();
  readonly #deps: DatabaseDisturberDeps;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(deps: DatabaseDisturberDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Resolves when the last fault is over. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Each kind of fault after the other, so that a short run has all of them. */
  async #run(): Promise<void> {
    const kinds = [
      () => this.#restart("fast"),
      () => this.#silence(),
      () => this.#restart("immediate"),
      () => this.#exhaust(),
    ];
    for (let turn = 0; !this.#stopping.signal.aborted; turn += 1) {
      await kinds[turn % kinds.length]?.();
      await this.#pause(between(this.#deps.random, 500, LONGEST_PAUSE_MS));
    }
  }

  async #restart(mode: StopMode): Promise<void> {
    const { server, random } = this.#deps;
    this.#count(`stop ${mode}`);
    const end = this.#deps.outages.begin();
    await server.stop(mode);
    await passed(between(random, 100, LONGEST_AWAY_MS));
    await server.resume();
    await this.#allPoolsReply();
    end();
  }

  /** Half-open connections are no outage: nothing may be refused for them. */
  async #silence(): Promise<void> {
    this.#count("LISTEN half-open");
    this.#deps.proxy.strike({ atMs: 0, aim: 0, fault: { kind: "blackout", forMs: 1 } });
  }

  async #exhaust(): Promise<void> {
    const { pools, random } = this.#deps;
    const all = pools();
    const pool = all[between(random, 0, all.length - 1)];
    if (!pool) return;
    this.#count("pool exhausted");
    const end = this.#deps.outages.begin();
    const seconds = between(random, 1_000, LONGEST_HELD_MS) / 1_000;
    const held = Array.from({ length: pool.connections }, () => pool.client.query("select pg_sleep($1)", [seconds]));
    await Promise.allSettled(held);
    await this.#allPoolsReply();
    end();
  }

  /** An outage is over when every node has its connections again: on a busy machine, later. */
  async #allPoolsReply(): Promise<void> {
    const replies = this.#deps
      .pools()
      .flatMap(({ client, connections }) => Array.from({ length: connections }, () => firstReply(client)));
    await Promise.all(replies);
  }

  #count(kind: string): void {
    this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1);
  }

  async #pause(ms: number): Promise<void> {
    await passed(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined); // stopped
  }
}

async function firstReply(client: NodePool["client"]): Promise<void> {
  const isAway = () =>
    client.query("select 1").then(
      () => false,
      () => true,
    );
  while (await isAway()) await passed(25);
}
