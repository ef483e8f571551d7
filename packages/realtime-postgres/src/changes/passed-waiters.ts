import { SqlError } from "../client/sql-client.js";
import type { Snapshot } from "./snapshot.js";

/** The callers that wait until a transaction has ended in a snapshot. */
export class PassedWaiters {
  readonly #waiters = new Set<Waiter>();

  get size(): number {
    return this.#waiters.size;
  }

  async add(xid: bigint): Promise<void> {
    return new Promise((resolve, reject) => void this.#waiters.add({ xid, resolve, reject }));
  }

  settle(snapshot: Snapshot): void {
    for (const waiter of this.#waiters)
      if (snapshot.shows(waiter.xid)) {
        this.#waiters.delete(waiter);
        waiter.resolve();
      }
  }

  reject(reason: string): void {
    for (const { reject } of this.#waiters) reject(new SqlError(reason, { isUnavailable: true }));
    this.#waiters.clear();
  }
}

interface Waiter {
  readonly xid: bigint;
  readonly resolve: () => void;
  readonly reject: (error: SqlError) => void;
}
