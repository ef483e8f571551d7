import { type RealtimeHandler, type RealtimeUser } from "@repo/core-realtime";
import type { ChangeFeed, ClientIdentity } from "@repo/realtime-postgres";
import type { OpenQueries } from "../open-queries.js";
import type { TableSet } from "../engine/table-set.js";
import type { AnyQuery, Row } from "../query/query-node.js";
import { QueryRefusal } from "../query/query-refusal.js";
import { throwRefusal } from "../query-failure.js";
import type { QueryResult, RecordReader } from "../record-reader.js";
import type { MutationResult, MutationWriter } from "./mutation-writer.js";
import type { Mutation } from "./record-change.js";
import { recordsChannel } from "./records-channel.js";

export interface RecordsOptions {
  readonly reader: RecordReader;
  readonly writer: MutationWriter;
  readonly open: Pick<OpenQueries, "settled">;
  readonly tables: Pick<TableSet, "of">;
  readonly feed: Pick<ChangeFeed, "passed">;
  readonly identityOf: (user: RealtimeUser | null) => ClientIdentity | undefined;
}

/** One-time queries and mutations, whichever way they come. */
export class Records {
  readonly #options: RecordsOptions;

  constructor(options: RecordsOptions) {
    this.#options = options;
  }

  /** Rejects with a refusal of the records channel. */
  async fetch(query: AnyQuery, user: RealtimeUser | null): Promise<QueryResult> {
    try {
      return await this.#options.reader.read(query, user, this.#identity(user));
    } catch (cause) {
      return throwRefusal(cause, recordsChannel);
    }
  }

  /** The row with this key; null where the user sees none. */
  async find(table: string, id: string, user: RealtimeUser | null): Promise<Row | null> {
    try {
      const { key } = this.#options.tables.of(table, user).description;
      const [column] = key;
      if (column === undefined || key.length > 1)
        throw new QueryRefusal(`A row of "${table}" has a key of ${key.length} columns: query it.`);
      const { rows } = await this.fetch({ table, where: [column, "=", id], limit: 1 }, user);
      return rows[0] ?? null;
    } catch (cause) {
      return throwRefusal(cause, recordsChannel);
    }
  }

  /** Resolves when the mutation is committed. Rejects with a refusal of the records channel. */
  async mutate(mutation: Mutation, user: RealtimeUser | null): Promise<MutationResult> {
    try {
      return await this.#options.writer.write(mutation, user, this.#identity(user));
    } catch (cause) {
      return throwRefusal(cause, recordsChannel);
    }
  }

  /**
   * The handler of the records channel. The reply to a mutation comes when every live query of the connection has been sent what the
   * mutation changed: so a client can settle what it shows, also where nothing changed.
   */
  readonly handler: RealtimeHandler<typeof recordsChannel> = async ({ event, payload, user, connectionId }) => {
    if (event === "fetch") {
      const { rows, key, isTruncated } = await this.fetch(payload.query, user);
      return { rows, key, ...(isTruncated && { isTruncated: true as const }) };
    }
    const { rows, xid } = await this.mutate(payload, user);
    await this.#options.feed.passed(xid);
    await this.#options.open.settled(connectionId);
    return { rows };
  };

  #identity(user: RealtimeUser | null): ClientIdentity {
    const identity = this.#options.identityOf(user);
    if (identity) return identity;
    throw new QueryRefusal("The user's id cannot be stored in Postgres.");
  }
}
