import type { IRealtimeHistory } from "@repo/core-realtime";

/** What a history may declare to lack. */
export type HistoryLack =
  /** It remembers nothing: no positions, no recovery, no idempotency. */
  "memory";

/** A history, as `historyContract` meets it. */
export interface HistoryUnderTest {
  /** An empty history, of this test alone. */
  readonly history: IRealtimeHistory;
  /** Lets so much time pass, as the store sees time. */
  pass(ms: number): Promise<void> | void;
  /** Makes it lose a channel, as a full or restarted store does; leave out where that cannot happen. */
  forget?(channel: string): Promise<void> | void;
  /** For a store whose receipts are `relayed`, without a position: resolves when all that it has taken is numbered. */
  numbered?(): Promise<void>;
  /** Ends what was opened besides the history, which the suite closes itself. */
  close?(): Promise<void> | void;
}

/** Makes a fresh, empty one for each case. */
export type MakeHistory = () => Promise<HistoryUnderTest> | HistoryUnderTest;
