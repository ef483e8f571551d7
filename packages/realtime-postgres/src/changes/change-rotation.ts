import type { Clock } from "@repo/core-realtime";
import { SqlError, type SqlClient } from "../client/sql-client.js";

const BUSY_MS = 1_000; // between two runs while there are changes
const IDLE_MS = 20_000;

/** Deletes old changes by letting the three tables take turns. Every node runs it; the database lets one at a time do it. */
export class ChangeRotation {
  readonly #client: SqlClient;
  readonly #clock: Clock;
  readonly #onError: (cause: unknown) => void;
  #ranAt = -Infinity;
  #hasChanged = true;

  constructor(client: SqlClient, clock: Clock, onError: (cause: unknown) => void) {
    this.#client = client;
    this.#clock = clock;
    this.#onError = onError;
  }

  /** Rejects where the database is away; another failure is reported, and disturbs no reader. */
  async runWhenDue(hasChanged: boolean): Promise<void> {
    this.#hasChanged ||= hasChanged;
    const now = this.#clock.monotonic();
    if (now - this.#ranAt < (this.#hasChanged ? BUSY_MS : IDLE_MS)) return;
    [this.#ranAt, this.#hasChanged] = [now, false];
    try {
      await this.#client.query("select realtime.rotate_changes()");
    } catch (cause) {
      if (cause instanceof SqlError && cause.isUnavailable) throw cause;
      this.#onError(cause);
    }
  }
}
