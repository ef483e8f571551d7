import { createHash } from "node:crypto";
import type { Clock } from "@repo/core-realtime";
import { consoleReport, systemClock } from "@repo/core-realtime/server";
import { deletePeriodically, type SqlClient } from "@repo/realtime-postgres";
import { recordFrom, recordText } from "./record-text.js";
import type { IStateStore, NextState, StoredState } from "./state-store.seam.js";

/** Where states are kept, and how many. */
export interface PostgresStateStoreOptions {
  /** Remains the app's to close. Its database needs the migrations of `@repo/realtime-postgres`. */
  readonly client: Pick<SqlClient, "query">;
  /** Expired states could not be deleted; it is tried again. Default: the console. */
  readonly onError?: (cause: unknown) => void;
  /** The time; default: that of the system. */
  readonly clock?: Clock;
}

const UNTIL = "clock_timestamp() + $3 * interval '1 millisecond'";

const CREATE = `
  insert into realtime.page_states (key, record, expires_at, version) values ($1, $2::text::json, ${UNTIL}, $4)
  on conflict (key) do update
    set record = excluded.record, expires_at = excluded.expires_at, version = excluded.version`;

const READ = "select record::text as text from realtime.page_states where key = $1 and expires_at > clock_timestamp()";

// One that waited for another's swap compares the version again, which that has changed.
const SWAP = `
  update realtime.page_states set record = $2::text::json, expires_at = ${UNTIL}, version = $4
  where key = $1 and version = $5 and expires_at > clock_timestamp() returning 1`;

const CLAIM = `
  insert into realtime.page_states as known (key, version, expires_at)
  values ($1, 0, clock_timestamp() + $2 * interval '1 millisecond')
  on conflict (key) do update set expires_at = excluded.expires_at where known.expires_at <= clock_timestamp()
  returning 1`;

/**
 * The states of pages in Postgres, for all nodes. Where the server is unreachable, each call rejects with a `SqlError`.
 * @example new PageState({ tokens, store: new PostgresStateStore({ client }) });
 */
export class PostgresStateStore implements IStateStore {
  readonly #client: Pick<SqlClient, "query">;
  readonly #stopCleaning: () => void;

  constructor({
    client,
    onError = consoleReport("states of live pages"),
    clock = systemClock,
  }: PostgresStateStoreOptions) {
    this.#client = client;
    this.#stopCleaning = deletePeriodically({ client, clock, onError, ...EXPIRED });
  }

  async create(id: string, record: StoredState, ttlMs: number): Promise<void> {
    await this.#client.query(CREATE, [stateKey(id), recordText(record), ttlMs, record.version]);
  }

  async read(id: string): Promise<StoredState | undefined> {
    const [row] = await this.#client.query<{ readonly text: string }>(READ, [stateKey(id)]);
    return row && recordFrom(row.text);
  }

  async swap(id: string, expectedVersion: number, { record, ttlMs }: NextState): Promise<boolean> {
    const values = [stateKey(id), recordText(record), ttlMs, record.version, expectedVersion];
    return (await this.#client.query(SWAP, values)).length > 0;
  }

  /** Forgets the state of this id; nothing where there is none. */
  async delete(id: string): Promise<void> {
    await this.#client.query("delete from realtime.page_states where key = $1", [stateKey(id)]);
  }

  async claimOnce(key: string, ttlMs: number): Promise<boolean> {
    return (await this.#client.query(CLAIM, [hashOf(`claim ${key}`), ttlMs])).length > 0;
  }

  /** Stops deleting what has expired. */
  close(): void {
    this.#stopCleaning();
  }
}

const EXPIRED = {
  table: "realtime.page_states",
  where: "expires_at <= clock_timestamp()",
  orderBy: "expires_at",
  everyMs: 60_000,
};

function stateKey(id: string): Buffer {
  return hashOf(`state ${id}`);
}

/** JSON first: half a surrogate pair has no bytes of its own, and two of them would be one key. */
function hashOf(text: string): Buffer {
  return createHash("sha256").update(JSON.stringify(text)).digest();
}
