import type { RealtimeUser } from "@repo/core-realtime";
import type { ClientIdentity, SqlClient } from "@repo/realtime-postgres";
import type { RowVisibility } from "../policies/row-visibility.js";
import { isNamedQuery, type AnyQuery, type NamedQuery, type QueryNode } from "../query/query-node.js";
import type { RunAsRole } from "../query/canonical-values.js";
import { planQuery } from "../query/query-plan.js";
import { asUser } from "../sql/as-user.js";
import type { TableSet } from "./table-set.js";
import type { TableState } from "./table-state.js";
import { planWindow, type WindowPlan } from "./window-plan.js";

/** A query that is ready to be opened. */
export interface PreparedQuery {
  /** Equal for equal queries. */
  readonly text: string;
  readonly plan: WindowPlan;
  readonly visibility: RowVisibility | undefined;
}

/** Prepares the queries that the server has written. */
export interface NamedQueries {
  prepare(request: NamedRequest): Promise<PreparedQuery>;
  /** Tables or functions may have changed. */
  forget(): void;
}

/** A query of the server, with what a client passes to it. */
export interface NamedRequest extends NamedQuery {
  readonly user: RealtimeUser | null;
}

export interface PreparedQueriesOptions {
  readonly client: SqlClient;
  readonly timeoutMs: number;
  readonly tables: TableSet;
  readonly named: NamedQueries;
}

const MAX_PLANS = 10_000; // about 20 MB
const MAX_CHARACTERS = 4_000_000; // of their texts; values take some times as much

/** Checks queries and decides how they are kept; remembers that for equal ones. */
export class PreparedQueries {
  readonly #options: PreparedQueriesOptions;
  readonly #plans = new Map<string, Promise<PreparedQuery>>();
  #characters = 0;

  constructor(options: PreparedQueriesOptions) {
    this.#options = options;
  }

  async prepare(query: AnyQuery, user: RealtimeUser | null, identity: ClientIdentity): Promise<PreparedQuery> {
    this.#options.tables.checkDescribed();
    if (isNamedQuery(query)) return this.#options.named.prepare({ ...query, user });
    const state = this.#options.tables.of(query.table, user);
    const text = JSON.stringify(query);
    const key = `${identity.role}\n${text}`;
    const known = this.#plans.get(key);
    if (known) return known;
    const planning = this.#plan(query, text, { state, role: identity.role });
    this.#plans.set(key, planning);
    this.#characters += key.length;
    for (const oldest of this.#plans.keys()) {
      if (this.#plans.size <= MAX_PLANS && this.#characters <= MAX_CHARACTERS) break;
      this.#delete(oldest);
    }
    planning.catch(() => {
      if (this.#plans.get(key) === planning) this.#delete(key);
    });
    return planning;
  }

  #delete(key: string): void {
    if (this.#plans.delete(key)) this.#characters -= key.length;
  }

  /** Tables or policies may have changed. */
  forget(): void {
    this.#plans.clear();
    this.#characters = 0;
    this.#options.named.forget();
  }

  async #plan(query: QueryNode, text: string, { state, role }: PlanTarget): Promise<PreparedQuery> {
    const plan = planQuery(query, state.description);
    const visibility = await state.visibility(role);
    const { client, timeoutMs } = this.#options;
    const anybody: ClientIdentity = { role, subject: "", claims: "{}" };
    const run: RunAsRole = (sql, values) =>
      asUser(anybody, { client, isReadOnly: true, timeoutMs }, ({ connection }) => connection.query(sql, values));
    return { text, plan: await planWindow(run, plan, { state, visibility }), visibility };
  }
}

interface PlanTarget {
  readonly state: TableState;
  readonly role: string;
}
