import type { HistoryEntry, HistoryPage, HistoryReceipt, IRealtimeHistory } from "@repo/core-realtime";
import { InMemoryHistory } from "@repo/core-realtime/server";

/** What is spoilt of a history; the rest of it stays honest. */
export interface HistorySpoils {
  readonly append?: (entry: HistoryEntry, honest: InMemoryHistory) => HistoryReceipt;
  /** Wraps the answer to a recovery. */
  readonly recovery?: (page: HistoryPage) => HistoryPage;
}

/** A history with something wrong. */
export function spoiltHistory({ append, recovery = (page) => page }: HistorySpoils): IRealtimeHistory {
  const honest = new InMemoryHistory();
  return {
    append: (entry) => append?.(entry, honest) ?? honest.append(entry),
    read(channel, query, policy) {
      const page = honest.read(channel, query, policy);
      return query.kind === "since" && page.messages.length > 0 ? recovery(page) : page;
    },
    close: () => honest.close(),
  };
}
