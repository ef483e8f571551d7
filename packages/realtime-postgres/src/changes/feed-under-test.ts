import { expect, onTestFinished } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { ChangeFeed, FEED_WAKE, type ChangeFeedOptions } from "./change-feed.js";
import type { ChangeBatch, ChangeConsumer, RowChange } from "./row-change.js";
import type { Snapshot } from "./snapshot.js";

/** Keeps everything that it is called with. */
export class RecordingConsumer implements ChangeConsumer {
  readonly batches: ChangeBatch[] = [];
  readonly losses: Snapshot[] = [];
  readonly stales: boolean[] = [];

  get changes(): readonly RowChange[] {
    return this.batches.flatMap(({ changes }) => changes);
  }

  /** Kind and images, without transactions and tables. */
  get rows(): readonly unknown[] {
    return this.changes.map(({ kind, before, after }) => [kind, before, after]);
  }

  onChanges(batch: ChangeBatch): void {
    this.batches.push(batch);
  }

  onLost(snapshot: Snapshot): void {
    this.losses.push(snapshot);
  }

  onStale(isStale: boolean): void {
    this.stales.push(isStale);
  }
}

/** Waits where a test requires it: the feed reads nothing meanwhile. */
export class SlowConsumer extends RecordingConsumer {
  isHolding = false;
  #release: () => void = () => undefined;
  #held: Promise<void> | undefined;

  hold(): void {
    this.#held = new Promise((resolve) => (this.#release = resolve));
  }

  release(): void {
    this.#held = undefined;
    this.#release();
  }

  override async onChanges(batch: ChangeBatch): Promise<void> {
    super.onChanges(batch);
    this.isHolding = this.#held !== undefined;
    await this.#held;
    this.isHolding = false;
  }
}

/** A feed that is started, with what it passes on and reports; closed when the test has finished. */
export async function startFeed(client: SqlClient, options: Partial<ChangeFeedOptions> = {}) {
  const errors: unknown[] = [];
  const feed = new ChangeFeed({ client, onError: (cause) => errors.push(cause), ...options });
  const consumer = new RecordingConsumer();
  feed.follow(consumer);
  onTestFinished(() => feed.close());
  await feed.start();
  return { feed, consumer, errors };
}

/** Runs the script in one transaction, and waits until the feed has passed it. */
export async function write(client: SqlClient, feed: ChangeFeed, script: string): Promise<bigint> {
  const xid = await client.transaction(async (connection) => {
    await connection.execute(script);
    const [row] = await connection.query<{ xid: string }>("select pg_current_xact_id()::text as xid");
    return BigInt(row?.xid ?? expect.unreachable());
  });
  await feed.passed(xid);
  return xid;
}

/** How many feeds hold the lock that shows that they sleep. */
export async function sleepers(client: SqlClient): Promise<number> {
  const rows = await client.query(
    `select from pg_locks where locktype = 'advisory' and granted and mode = 'ShareLock'
       and (classid::bigint << 32) + objid::bigint = $1 and database = (select oid from pg_database where datname = current_database())`,
    [FEED_WAKE.lock],
  );
  return rows.length;
}
