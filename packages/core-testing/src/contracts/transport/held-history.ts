import type {
  HistoryEntry,
  HistoryPage,
  HistoryPolicy,
  HistoryQuery,
  HistoryReceipt,
  IRealtimeHistory,
} from "@repo/core-realtime";
import { InMemoryHistory } from "@repo/core-realtime/server";

/** A history whose answer to the next read a case holds back: taken at once, handed over later. */
export class HeldHistory implements IRealtimeHistory {
  readonly #kept = new InMemoryHistory();
  #held: { readonly asked: () => void; readonly answering: Promise<void> } | undefined;

  /** The next read waits: `asked` resolves when it has come, `answer` lets it go on. */
  hold(): { readonly asked: Promise<void>; readonly answer: () => void } {
    let [onAsked, answer] = [(): void => undefined, (): void => undefined];
    const asked = new Promise<void>((resolve) => (onAsked = resolve));
    const answering = new Promise<void>((resolve) => (answer = resolve));
    this.#held = { asked: onAsked, answering };
    return { asked, answer };
  }

  append(entry: HistoryEntry): HistoryReceipt {
    return this.#kept.append(entry);
  }

  async read(channel: string, query: HistoryQuery, policy: HistoryPolicy): Promise<HistoryPage> {
    const held = this.#held;
    this.#held = undefined;
    const page = this.#kept.read(channel, query, policy);
    if (!held) return page;
    held.asked();
    await held.answering;
    return page;
  }

  close(): void {
    this.#kept.close();
  }
}
