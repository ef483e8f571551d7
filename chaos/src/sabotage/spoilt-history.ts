import type { HistoryEntry, HistoryPage, HistoryReceipt, IRealtimeHistory } from "@repo/core-realtime";
import { InMemoryHistory } from "@repo/core-realtime/server";

/** What is spoilt of a history; the rest of it stays honest. */
export interface HistorySpoils {
  /** The receipt of an entry that is not stored; undefined where it is. */
  readonly forget?: (entry: HistoryEntry) => HistoryReceipt | undefined;
  /** Wraps the reply to a recovery. */
  readonly recovery?: (page: HistoryPage) => HistoryPage;
}

/** A history with something wrong. */
export function spoiltHistory({ forget, recovery = (page) => page }: HistorySpoils): IRealtimeHistory {
  const honest = new InMemoryHistory();
  return {
    append: (entries) => entries.flatMap((entry) => forget?.(entry) ?? honest.append([entry])),
    read(channel, query, policy) {
      const page = honest.read(channel, query, policy);
      return query.kind === "since" && page.messages.length > 0 ? recovery(page) : page;
    },
    close: () => honest.close(),
  };
}
