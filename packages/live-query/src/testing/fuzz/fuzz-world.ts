import type { DatabaseUnderTest } from "@repo/realtime-postgres/testing";
import { CommitLog, type TracedQuery } from "./commit-log.js";
import { FuzzClient } from "./fuzz-client.js";
import { MAX_ROWS, startFuzzNode, type FuzzNode } from "./fuzz-node.js";
import { FUZZ_SCHEMA, LISTED, USERS } from "./fuzz-schema.js";
import type { FuzzReport } from "./fuzz-report.js";
import { checkStates } from "./intermediate-states.js";
import { imageText, plainSelect } from "./plain-select.js";
import { alteredPolicy, randomPolicies, type FuzzPolicies } from "./random-policies.js";
import { randomQuery } from "./random-query.js";
import { insertion, writeAtRandom } from "./random-writer.js";
import type { Random } from "./random.js";

export interface WorldOptions {
  readonly database: Pick<DatabaseUnderTest, "client" | "newClient" | "connectionString">;
  readonly random: Random;
  readonly report: FuzzReport;
  /** How long a settled state may take. */
  readonly settleMs: number;
  readonly isOver: () => boolean;
}

const ROUNDS = 6;
const MAX_CLIENTS = 22;
const VISIBLE = `(select coalesce(jsonb_agg(${imageText([...LISTED])}), '[]') from public.items)`;

/** One set of policies, one or two nodes, some rounds of writes beside subscribers that come and go. */
export class FuzzWorld {
  readonly #options: WorldOptions;
  readonly #log: CommitLog;
  readonly #clients = new Set<FuzzClient>();
  readonly #visible = new Map<string | undefined, TracedQuery>(USERS.map((user) => [user, { user, sql: VISIBLE }]));
  readonly #isConcurrent: boolean;
  readonly #dependencyRate: number;
  #policies: FuzzPolicies;
  #nodes: readonly FuzzNode[] = [];

  constructor(options: WorldOptions) {
    this.#options = options;
    this.#isConcurrent = options.database.connectionString !== undefined;
    this.#log = new CommitLog(options.database.newClient());
    this.#dependencyRate = options.random.pick([0, 0.01, 0.01, 0.1]);
    this.#policies = randomPolicies(options.random);
  }

  static async prepare({ client }: Pick<DatabaseUnderTest, "client">): Promise<void> {
    await client.transaction((connection) => connection.execute(FUZZ_SCHEMA));
  }

  async run(): Promise<void> {
    const { database, random, report, isOver } = this.#options;
    report.worlds += 1;
    await this.#sql(`do $$ declare n text; begin
      for n in select polname from pg_policy where polrelid = 'public.items'::regclass loop execute format('drop policy %I on public.items', n); end loop; end $$;
      delete from public.items; ${this.#policies.sql}
      ${Array.from({ length: 25 }, (_, id) => insertion(random, id + 1)).join(";")}`);
    for (const each of this.#visible.values()) this.#log.traced.add(each);
    const count = this.#isConcurrent && random.chance(0.4) ? 2 : 1;
    this.#nodes = await Promise.all(
      Array.from({ length: count }, () => startFuzzNode(database.newClient(), this.#policies.dependsOn, random.fork())),
    );
    try {
      for (let round = 0; round < ROUNDS && !isOver(); round += 1) await this.#round(round);
    } finally {
      for (const node of this.#nodes) await node.close();
    }
  }

  async #round(nth: number): Promise<void> {
    const { random, database, report } = this.#options;
    report.rounds += 1;
    this.#log.restart();
    for (const client of this.#clients) client.restart();
    const isAltered = nth % 4 === 3;
    await this.#mark();
    for (let opened = 0; opened < 4; opened += 1) await this.#subscribe();
    if (isAltered) await this.#sql(alteredPolicy(random, this.#policies));
    let isDone = false;
    const visitors = this.#visit(random.fork(), () => isDone);
    await Promise.all(
      Array.from({ length: 4 }, () =>
        writeAtRandom(5, {
          client: database.client,
          log: this.#log,
          random: random.fork(),
          isConcurrent: this.#isConcurrent,
          dependencyRate: this.#dependencyRate,
        }),
      ),
    );
    isDone = true;
    await visitors;
    if (this.#policies.isOpaque) await this.#sql("update public.items set secret = 'changed'");
    await this.#settle();
    report.commits += this.#log.commits.length;
    for (const client of this.#clients) if (!isAltered && !this.#policies.isOpaque) this.#check(client);
    this.#prune();
  }

  /** Subscribers that come, go, and reconnect with what they show. */
  async #visit(random: Random, isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      await this.#subscribe(undefined, random);
      const [gone] = [...this.#clients].filter(() => random.chance(0.2));
      if (gone && random.chance(0.7)) await this.#subscribe(gone, random);
      else if (gone && random.chance(0.5)) this.#close(gone);
      await new Promise((resolve) => setTimeout(resolve, random.below(30)));
    }
  }

  async #subscribe(before?: FuzzClient, random = this.#options.random): Promise<void> {
    const { report } = this.#options;
    if (before) this.#close(before);
    if (this.#clients.size >= MAX_CLIENTS) return;
    const user = before ? before.traced.user : random.pick(USERS);
    const known = [...this.#clients];
    const query =
      before?.query ?? (known.length > 0 && random.chance(0.25) ? random.pick(known).query : randomQuery(random));
    const traced = { user, sql: plainSelect(query, MAX_ROWS) };
    this.#log.traced.add(traced);
    const from = await this.#mark();
    const { server } = random.pick(this.#nodes);
    const client = new FuzzClient({ server, query, traced, now: () => this.#log.begun, before: before?.rows });
    client.from = from;
    const refusal = await client.open();
    if (refusal !== undefined) {
      report.mismatches.push(`refused ${JSON.stringify(query)}: ${JSON.stringify(refusal)}`);
      this.#log.traced.delete(traced);
      return client.hangUp();
    }
    report[before ? "reconnects" : "subscriptions"] += 1;
    this.#clients.add(client);
  }

  /** Records what the queries give now; resolves when every feed has passed that, with its place in the log. */
  async #mark(): Promise<number> {
    const end = await this.#log.begin();
    const [row] = await this.#options.database.client.query<{ readonly xid: string }>(
      "select pg_current_xact_id()::text as xid",
    );
    await end(new Set());
    const place = this.#log.commits.length - 1;
    await Promise.all(this.#nodes.map(({ feed }) => feed.passed(BigInt(row?.xid ?? 0))));
    return place;
  }

  /** Waits until every client shows what a query gives. */
  async #settle(): Promise<void> {
    const { report, settleMs } = this.#options;
    const place = await this.#mark();
    const deadline = performance.now() + settleMs;
    const expected = (client: FuzzClient) => this.#log.commits[place]?.results.get(client.traced);
    let open = [...this.#clients];
    report.settled += open.length;
    for (;;) {
      open = open.filter((client) => client.text !== expected(client) || client.isStale || client.fault !== undefined);
      if (open.length === 0) return;
      if (performance.now() > deadline) break;
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    for (const client of open)
      this.#report(
        client,
        `settled: shows ${client.text}\n  instead of ${expected(client)} ${String(client.fault ?? "")}${client.isStale ? " STALE" : ""}`,
      );
  }

  #check({ traced, states, from, query }: FuzzClient): void {
    const { report } = this.#options;
    const visible = this.#visible.get(traced.user) ?? traced;
    const { exact, mixed, wrong } = checkStates({ log: this.#log, traced, visible, states, from });
    report.intermediate += exact + mixed;
    report.mixed += mixed;
    for (const each of wrong) this.#report({ traced, query }, each);
  }

  #report({ traced, query }: Pick<FuzzClient, "traced" | "query">, what: string): void {
    const errors = this.#nodes
      .flatMap((node) => node.errors)
      .map(String)
      .join("; ");
    this.#options.report.mismatches.push(
      `${this.#policies.names.join("+")} (${this.#nodes.length}) ${traced.user ?? "anonymous"} ${JSON.stringify(query)}\n  ${what}\n  ${errors.slice(0, 500)}`,
    );
  }

  #prune(): void {
    for (const client of [...this.#clients].slice(0, this.#options.random.below(10))) this.#close(client);
  }

  #close(client: FuzzClient): void {
    client.hangUp();
    this.#clients.delete(client);
    this.#log.traced.delete(client.traced);
  }

  async #sql(script: string): Promise<void> {
    await this.#options.database.client.transaction((connection) => connection.execute(script));
  }
}
