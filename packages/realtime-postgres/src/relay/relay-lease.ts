import { randomUUID } from "node:crypto";
import type { SqlClient } from "../client/sql-client.js";

/** Milliseconds that a relay may number without renewing; the others take over within this and one check more. */
export const LEASE_MS = 1_200;
/** Between two checks of the lease, of a relay that stands by. */
export const STAND_BY_MS = 300;

/**
 * The right to number, for one relay per database. The database's clock alone decides, and its row carries the term: a relay whose lease
 * was taken, however late it notices, numbers nothing more.
 */
export class RelayLease {
  readonly #client: SqlClient;
  readonly #holder = randomUUID();
  /** Undefined while another relay leads. */
  #term: string | undefined;

  constructor(client: SqlClient) {
    this.#client = client;
  }

  get term(): string | undefined {
    return this.#term;
  }

  /** Takes the lease where it is free; true where it is ours. */
  async take(): Promise<boolean> {
    const [row] = await this.#client.query<{ readonly term: string | null }>(
      "select realtime.take_lease($1, $2) as term",
      [this.#holder, LEASE_MS],
    );
    this.#term = row?.term ?? undefined;
    return this.#term !== undefined;
  }

  /** Renews it; false where another relay has taken it. */
  async renew(): Promise<boolean> {
    const kept = await this.#client.query(
      "update realtime.relay_state set lease_until = clock_timestamp() + $2::integer * interval '1 ms' where term = $1 returning term",
      [this.#term, LEASE_MS],
    );
    if (kept.length === 0) this.#term = undefined;
    return this.#term !== undefined;
  }

  /** The lease may be lost, by what the database replied or by its silence: it has to be taken again. */
  invalidate(): void {
    this.#term = undefined;
  }

  /** Lets the others take over at once. */
  async release(): Promise<void> {
    const term = this.#term;
    this.#term = undefined;
    if (term !== undefined)
      await this.#client.query("update realtime.relay_state set lease_until = '-infinity' where term = $1", [term]);
  }
}
