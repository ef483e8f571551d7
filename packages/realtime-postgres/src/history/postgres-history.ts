import type {
  HistoryEntry,
  HistoryPage,
  HistoryPolicy,
  HistoryQuery,
  HistoryReceipt,
  IRealtimeHistory,
} from "@repo/core-realtime";
import { storedNameOf } from "../channels/channel-names.js";
import { SqlError, type SqlClient } from "../client/sql-client.js";
import { refusalOfFailure } from "../unavailable.js";
import { appendEntries } from "./append-entries.js";
import { readHistory } from "./read-history.js";

const MAX_BATCH = 1_000; // entries of one INSERT

interface Append {
  readonly entries: readonly HistoryEntry[];
  readonly resolve: (receipts: readonly HistoryReceipt[]) => void;
  readonly reject: (cause: unknown) => void;
}

/**
 * History in Postgres. An append is committed when it resolves; the relay numbers it afterwards, so that its receipt has no position.
 * What a node appends is written by one INSERT at a time, which keeps the order of the calls; calls that wait share the next one.
 */
export class PostgresHistory implements IRealtimeHistory {
  readonly #client: SqlClient;
  #waiting: Append[] = [];
  #isWriting = false;

  constructor(client: SqlClient) {
    this.#client = client;
  }

  append(entries: readonly HistoryEntry[]): Promise<readonly HistoryReceipt[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entries, resolve, reject });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  async read(channel: string, query: HistoryQuery, policy: HistoryPolicy): Promise<HistoryPage> {
    try {
      return await readHistory(this.#client, { channel: storedNameOf(channel), query, policy });
    } catch (cause) {
      throw refusalOfFailure(cause);
    }
  }

  close(): void {
    // the client is the app's
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) await this.#write(this.#take());
    this.#isWriting = false;
  }

  /** As many calls as one INSERT takes; at least one. */
  #take(): readonly Append[] {
    let count = 0;
    const end = this.#waiting.findIndex(({ entries }, index) => (count += entries.length) > MAX_BATCH && index > 0);
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  async #write(batch: readonly Append[]): Promise<void> {
    try {
      const receipts = await appendEntries(
        this.#client,
        batch.flatMap(({ entries }) => entries),
      );
      let from = 0;
      for (const { entries, resolve } of batch) resolve(receipts.slice(from, (from += entries.length)));
    } catch (cause) {
      const isOfOne = batch.length === 1 || (cause instanceof SqlError && cause.isUnavailable);
      if (isOfOne) for (const { reject } of batch) reject(refusalOfFailure(cause));
      else for (const one of batch) await this.#write([one]); // one of them is what Postgres does not take
    }
  }
}
