/** A message that a page of this person left behind. */
export interface RestoredMessage {
  readonly channel: string;
  readonly event?: string | undefined;
  readonly payload?: unknown;
  /** The server's reply, once it was sent. */
  readonly reply: Promise<unknown>;
}

/** An outbox that outlives the page, as the board uses it: `indexedDbOutbox` of the client. */
export interface BoardOutbox {
  readonly restored: Promise<readonly RestoredMessage[]>;
  /** Whether all that waits outlives the page. */
  isKept(): boolean;
}

const BOARD = "entity:task";

/** Which messages such an outbox is to keep: changes of cards; no pointers, drags or presence. */
export function isKeptOnBoard({ channel }: { readonly channel: string }): boolean {
  return channel === BOARD;
}
