import type { Clock } from "@repo/core-realtime";
import { systemClock } from "@repo/core-realtime/server";
import type { SqlClient } from "../client/sql-client.js";

/** How long the log is kept. */
export interface RetentionOptions {
  /** The database; the app opens and closes it. */
  readonly client: SqlClient;
  /** Whole days of messages that are kept, besides the current one; default 3. */
  readonly keepDays?: number;
  /** Days for which webhooks that could not be delivered are kept; default 30. */
  readonly keepDeadDays?: number;
  /** How often it runs; default every 10 minutes. */
  readonly everyMs?: number;
  /** What was done, one sentence each; what a lock prevented is done the next time. */
  readonly onDone?: (done: readonly string[]) => void;
  /** The database was unreachable; retention continues by itself. */
  readonly onError?: (cause: unknown) => void;
  /** The time; default: that of the system. */
  readonly clock?: Clock;
}

/** Makes partitions for the coming days, drops those that are over, and deletes what is not needed any more. Any number of nodes may. */
export class Retention {
  readonly #options: RetentionOptions;
  readonly #clock: Clock;
  #isOpen = false;
  #running: Promise<void> | undefined;
  #stopTimer = (): void => undefined;

  constructor(options: RetentionOptions) {
    const { keepDays = DEFAULT_KEEP_DAYS, keepDeadDays = DEFAULT_KEEP_DEAD_DAYS, clock = systemClock } = options;
    for (const [name, days] of Object.entries({ keepDays, keepDeadDays }))
      if (!Number.isInteger(days) || days < 1)
        throw new TypeError(`${name} is ${days}; it needs whole days, 1 or more.`);
    this.#options = options;
    this.#clock = clock;
  }

  /** Runs now and from then on; does not wait for the first run. */
  start(): void {
    this.#isOpen = true;
    this.#running = this.#repeat();
  }

  /** Resolves when a run that has begun is over. */
  async close(): Promise<void> {
    this.#isOpen = false;
    this.#stopTimer();
    await this.#running;
  }

  /** Runs once; what was done, one sentence each. */
  async run(): Promise<readonly string[]> {
    const { client, keepDays = DEFAULT_KEEP_DAYS, keepDeadDays = DEFAULT_KEEP_DEAD_DAYS } = this.#options;
    const call = `call realtime.maintain(${keepDays}, ${DAYS_AHEAD}, ${keepDeadDays})`;
    const session = await client.session();
    if (!session) return doneOf(await client.query<Report>(call));
    try {
      await session.execute("set statement_timeout = 0"); // a day of many millions takes its time; it stops nothing else
      await session.execute(call);
      return doneOf(await session.query<Report>("select done from realtime.maintenance"));
    } finally {
      await session.close();
    }
  }

  async #repeat(): Promise<void> {
    const { everyMs = 600_000, onDone, onError } = this.#options;
    try {
      const done = await this.run();
      if (done.length > 0) onDone?.(done);
    } catch (cause) {
      onError?.(cause);
    }
    if (this.#isOpen) this.#stopTimer = this.#clock.after(everyMs, () => (this.#running = this.#repeat()));
  }
}

const DEFAULT_KEEP_DAYS = 3;
const DEFAULT_KEEP_DEAD_DAYS = 30;
const DAYS_AHEAD = 3;

interface Report {
  readonly done: readonly string[];
}

function doneOf([report]: readonly Report[]): readonly string[] {
  return report?.done ?? [];
}
