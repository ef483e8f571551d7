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

/** A history whose answer to the next read a case holds back: taken at once, handed over later. */
export class HeldHistory implements IRealtimeHistory {
  readonly #kept = new InMemoryHistory();
  #hold: Hold | undefined;

  /** The next read has its answer, and waits with it. */
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
