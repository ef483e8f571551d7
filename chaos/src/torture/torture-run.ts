import { setTimeout as passed } from "node:timers/promises";
import { PostgresServer } from "@repo/postgres-testing";
import { migrate, PgClient } from "@repo/realtime-postgres";
import { eventually } from "../eventually";
import { between, createRandom, type Random } from "../network/random";
import { bundledProgram } from "./bundled-program";
import { Ledger, type TortureCounts } from "./ledger";
import { SqlWriter } from "./sql-writer";
import { TortureClient } from "./torture-client";
import { TortureNode } from "./torture-node";

export interface TortureOptions {
  /** How long faults go on; left out: until `faults` have happened. */
  readonly seconds?: number;
  readonly faults?: number;
  readonly seed: number;
  /** Between two faults. */
  readonly everyMs: number;
  /** One of so many faults stops the server; the others kill the relay. */
  readonly stopEvery: number;
  /** Major version of Postgres; default 18. */
  readonly version?: number;
}

export interface TortureOutcome extends TortureCounts {
  readonly acknowledged: number;
  /** Processes that were the relay when they were killed. */
  readonly kills: number;
  readonly stops: number;
  /** Of the clients' connections, at the end. */
  readonly statuses: readonly string[];
  readonly refusals: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
}

const WRITERS = 8;
const NODES = 2;
const CLIENTS_PER_NODE = 2;
const PATIENCE_MS = 60_000; // for the end: a client waits seconds before it comes back

/** Two nodes, eight writers, and clients of both nodes, while the relay's process is killed and the server crashes. */
export async function runTorture(options: TortureOptions): Promise<TortureOutcome> {
  const server = await PostgresServer.start({ version: options.version ?? 18 });
  const run = new TortureRun(server, options);
  try {
    return await run.run();
  } finally {
    await run.close();
    await server.close();
  }
}

class TortureRun {
  readonly #server: PostgresServer;
  readonly #options: TortureOptions;
  readonly #random: Random;
  readonly #ledger = new Ledger();
  #nodes: readonly TortureNode[] = [];
  #writers: readonly SqlWriter[] = [];
  #clients: readonly TortureClient[] = [];
  readonly #restarts: Promise<void>[] = [];
  #isClosed = false;
  #kills = 0;
  #stops = 0;

  constructor(server: PostgresServer, options: TortureOptions) {
    this.#server = server;
    this.#options = options;
    this.#random = createRandom(options.seed);
  }

  async run(): Promise<TortureOutcome> {
    const { connectionString } = await this.#server.createDatabase();
    const client = new PgClient({ connectionString });
    await migrate(client);
    await client.close();
    const program = await bundledProgram(new URL("./torture-node-process.ts", import.meta.url));
    this.#nodes = Array.from({ length: NODES }, () => new TortureNode(program, connectionString, this.#ledger));
    const started = await Promise.all(this.#nodes.map((node) => node.start()));
    if (started.includes(false)) throw new Error("A node's process ended before it served; see its output.");
    this.#clients = this.#nodes.flatMap(({ port }) =>
      Array.from({ length: CLIENTS_PER_NODE }, () => new TortureClient(port)),
    );
    await Promise.all(this.#clients.map((one) => one.subscribe()));
    this.#writers = Array.from(
      { length: WRITERS },
      (_, index) =>
        new SqlWriter(`sql ${index}`, connectionString, this.#ledger, createRandom(this.#options.seed + index)),
    );
    for (const writer of this.#writers) writer.start();
    for (const node of this.#nodes) node.publish();
    await this.#harm();
    return this.#settle();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const client of this.#clients) client.close();
    await Promise.all(this.#nodes.map((node) => node.kill()));
    await Promise.all(this.#writers.map((writer) => writer.stop()));
  }

  async #harm(): Promise<void> {
    const { everyMs, stopEvery, seconds = Infinity, faults = Infinity } = this.#options;
    const deadline = performance.now() + seconds * 1_000;
    for (let fault = 1; fault <= faults && performance.now() < deadline; fault += 1) {
      await passed(between(this.#random, everyMs / 2, (everyMs * 3) / 2));
      // No client is away for more than a recovery brings, also where the same node is killed many times.
      await eventually(() => this.#clients.every(({ isSubscribed }) => isSubscribed), PATIENCE_MS);
      if (fault % stopEvery === 0) await this.#stopServer();
      else await this.#killRelay();
    }
  }

  async #stopServer(): Promise<void> {
    await this.#server.stop("immediate");
    this.#stops += 1;
    await passed(between(this.#random, 100, 1_500));
    await this.#server.resume();
  }

  async #killRelay(): Promise<void> {
    // Both are up, so that the other one can take over.
    await eventually(() => this.#nodes.every(({ isReady }) => isReady), PATIENCE_MS);
    await eventually(() => this.#nodes.some(({ isRelay }) => isRelay), PATIENCE_MS);
    const node = this.#nodes.find(({ isRelay }) => isRelay);
    if (!node) throw new Error("No node became the relay.");
    await node.kill();
    this.#kills += 1;
    this.#restarts.push(this.#restart(node)); // meanwhile the next fault happens
  }

  async #restart(node: TortureNode): Promise<void> {
    await passed(between(this.#random, 0, 500));
    while (!this.#isClosed && !(await node.start())) await passed(100);
  }

  /** Ends all faults, waits until everything has arrived, and checks. */
  async #settle(): Promise<TortureOutcome> {
    await Promise.all(this.#writers.map((writer) => writer.stop()));
    this.#writers = [];
    await Promise.all(this.#restarts);
    const failures = (await Promise.all(this.#nodes.map((node) => node.stopPublishing()))).flat();
    let missing = Infinity;
    let since = performance.now();
    while (missing > 0 && performance.now() - since < PATIENCE_MS) {
      await passed(250);
      const now = this.#ledger.missing(this.#clients);
      if (now !== missing) [missing, since] = [now, performance.now()];
    }

    await passed(1_000); // what comes twice, may come late
    const refusals = new Map<string, number>();
    for (const node of this.#nodes)
      for (const [code, count] of node.refusals) refusals.set(code, (refusals.get(code) ?? 0) + count);
    return {
      ...this.#ledger.check(this.#clients),
      acknowledged: this.#ledger.acknowledged,
      kills: this.#kills,
      stops: this.#stops,
      statuses: this.#clients.map(({ status }) => status),
      refusals: Object.fromEntries(refusals),
      failures,
    };
  }
}
