import type { IReplyStore } from "@repo/core-realtime";

/** A reply store, as `replyStoreContract` meets it. */
export interface ReplyStoreUnderTest {
  /** An empty store, of this test alone. */
  readonly store: IReplyStore;
  /** The same store, as another node has it. */
  readonly other: IReplyStore;
  /** Lets so much time pass, as the store sees time. */
  pass(ms: number): Promise<void> | void;
}

/** Makes a fresh, empty one for each case. */
export type MakeReplyStore = () => Promise<ReplyStoreUnderTest> | ReplyStoreUnderTest;
