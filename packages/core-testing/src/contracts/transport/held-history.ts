import type {
  HistoryEntry,
  HistoryPage,
  HistoryPolicy,
  HistoryQuery,
  HistoryReceipt,
  IRealtimeHistory,
} from "@repo/core-realtime";
import { InMemoryHistory } from "@repo/core-realtime/server";
import { Hold } from "../../hold";

/** A history whose next read is computed at once and returned when the case releases it. */
export class HeldHistory implements IRealtimeHistory {
  readonly #kept = new InMemoryHistory();
  #hold: Hold | undefined;

  /** The next read has its result, and waits before it returns. */
  hold(): Hold {
    this.#hold = new Hold();
    return this.#hold;
  }

  append(entries: readonly HistoryEntry[]): readonly HistoryReceipt[] {
    return this.#kept.append(entries);
  }

  async read(channel: string, query: HistoryQuery, policy: HistoryPolicy): Promise<HistoryPage> {
    const hold = this.#hold;
    this.#hold = undefined;
    const page = this.#kept.read(channel, query, policy);
    await hold?.pass();
    return page;
  }

  close(): void {
    this.#kept.close();
  }
}
