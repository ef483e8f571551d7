import type { RealtimeUser } from "@repo/core-realtime";
import { asUser } from "./sql/as-user.js";
import type { ClientIdentity, SqlClient } from "@repo/realtime-postgres";
import type { UserTurns } from "./engine/user-turns.js";
import type { PreparedQueries } from "./engine/prepared-queries.js";
import type { AnyQuery, Row } from "./query/query-node.js";
import { checkSize } from "./query-result.js";

/** The rows of a query as they are now. */
export interface QueryResult {
  /** In the query's order. */
  readonly rows: readonly Row[];
  /** The columns that identify rows. */
  readonly key: readonly string[];
  /** The query has no limit of its own, and there are more rows. */
  readonly isTruncated: boolean;
}

export interface RecordReaderOptions {
  readonly client: SqlClient;
  readonly queries: PreparedQueries;
  readonly timeoutMs: number;
  readonly turns: UserTurns;
}

/** Runs queries once, as a user. */
export class RecordReader {
  readonly #options: RecordReaderOptions;

  constructor(options: RecordReaderOptions) {
    this.#options = options;
  }

  /** Rejects with a `QueryRefusal` or a `SqlError`. */
  async read(query: AnyQuery, user: RealtimeUser | null, identity: ClientIdentity): Promise<QueryResult> {
    const { client, queries, timeoutMs, turns } = this.#options;
    const { plan } = await queries.prepare(query, user, identity);
    const images = await turns.run(identity, () =>
      asUser(identity, { client, isReadOnly: true, timeoutMs }, ({ connection }) => plan.read(connection)),
    );
    const { limit, rowOf } = plan.shape;
    const rows = images.slice(0, limit).map(rowOf);
    checkSize(JSON.stringify(rows));
    return { rows, key: plan.key, isTruncated: plan.isBounded && images.length > limit };
  }
}
