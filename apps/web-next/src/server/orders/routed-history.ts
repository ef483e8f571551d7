import type { IRealtimeHistory } from "@repo/core-realtime";

export interface RoutedHistoryParts {
  /** Does the database have this channel? */
  readonly isSql: (channel: string) => boolean;
  readonly sql: IRealtimeHistory;
  readonly others: IRealtimeHistory;
}

/** The history of a node whose SQL channels are in the database, and whose channels in code are in memory. */
export function routedHistory({ isSql, sql, others }: RoutedHistoryParts): IRealtimeHistory {
  return {
    append: (entries) => others.append(entries), // SQL appends for itself
    read: (channel, query, policy) => (isSql(channel) ? sql : others).read(channel, query, policy),
    async close() {
      await Promise.all([sql.close(), others.close()]);
    },
  };
}
