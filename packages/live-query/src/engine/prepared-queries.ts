import type { RealtimeUser } from "@repo/core-realtime";
import type { ClientIdentity, SqlClient } from "@repo/realtime-postgres";
import type { RowVisibility } from "../policies/row-visibility.js";
import { isNamedQuery, type AnyQuery, type QueryNode } from "../query/query-node.js";
import { planQuery } from "../query/query-plan.js";
import { QueryRefusal } from "../query/query-refusal.js";
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
  prepare(name: string, args: unknown, user: RealtimeUser | null, identity: ClientIdentity): Promise<PreparedQuery>;
}

export interface PreparedQueriesOptions {
  readonly client: Pick<SqlClient, "query">;
  readonly tables: ReadonlyMap<string, TableState>;
  readonly named: NamedQueries;
}

const MAX_PLANS = 10_000; // about 20 MB

/** Checks queries and decides how they are kept; remembers that for equal ones. */
export class PreparedQueries {
  readonly #options: PreparedQueriesOptions;
  readonly #plans = new Map<string, Promise<PreparedQuery>>();

  constructor(options: PreparedQueriesOptions) {
    this.#options = options;
  }

  async prepare(query: AnyQuery, user: RealtimeUser | null, identity: ClientIdentity): Promise<PreparedQuery> {
    if (isNamedQuery(query)) return this.#options.named.prepare(query.name, query.args, user, identity);
    const state = this.stateOf(query.table, user);
    const text = JSON.stringify(query);
    const key = `${identity.role}\n${text}`;
    const known = this.#plans.get(key);
    if (known) return known;
    const planning = this.#plan(query, text, { state, role: identity.role });
    if (this.#plans.size >= MAX_PLANS) this.#plans.delete(this.#plans.keys().next().value ?? "");
    this.#plans.set(key, planning);
    planning.catch(() => this.#plans.delete(key));
    return planning;
  }

  /** The table of this name; refuses one that is not exposed to the user. */
  stateOf(name: string, user: RealtimeUser | null): TableState {
    const state = this.#options.tables.get(name);
    if (!state?.description.live.authorize(user)) throw new QueryRefusal(`There is no table "${name}".`);
    return state;
  }

  /** Tables or policies may have changed. */
  forget(): void {
    this.#plans.clear();
  }

  async #plan(query: QueryNode, text: string, { state, role }: PlanTarget): Promise<PreparedQuery> {
    const plan = planQuery(query, state.description);
    const visibility = await state.visibility(role);
    return { text, plan: await planWindow(this.#options.client, plan, { state, visibility }), visibility };
  }
}

interface PlanTarget {
  readonly state: TableState;
  readonly role: string;
}
