import type { HistoryEntry, HistoryPage, HistoryReceipt, IRealtimeHistory } from "@repo/core-realtime";
import { InMemoryHistory } from "@repo/core-realtime/server";

/** The faults of a history; the rest of it works. */
export interface HistoryFaults {
  /** The receipt of an entry that is not stored; undefined where it is. */
  readonly forget?: (entry: HistoryEntry) => HistoryReceipt | undefined;
  /** Wraps the reply to a recovery. */
  readonly recovery?: (page: HistoryPage) => HistoryPage;
}

/** A history with a fault. */
export function faultyHistory({ forget, recovery = (page) => page }: HistoryFaults): IRealtimeHistory {
  const original = new InMemoryHistory();
  return {
    append: (entries) => entries.flatMap((entry) => forget?.(entry) ?? original.append([entry])),
    read(channel, query, policy) {
      const page = original.read(channel, query, policy);
      return query.kind === "since" && page.messages.length > 0 ? recovery(page) : page;
    },
    close: () => original.close(),
  };
}
