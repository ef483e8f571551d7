import type { HistoryPolicy } from "../channel/channel-policies.js";
import type { RealtimePosition } from "../wire/envelope.js";
import type { SealedEnvelope } from "../wire/sealed-envelope.js";

/** A message on its way into the history, without a position yet. */
export interface HistoryEntry {
  /** The message without its position. */
  readonly envelope: SealedEnvelope;
  /** What the channel keeps. */
  readonly policy: HistoryPolicy;
  /** A repeat of this key is not kept again. */
  readonly idempotencyKey?: string | undefined;
}

/** What became of one entry. */
export type HistoryReceipt =
  /** It has this position; the broadcaster publishes it. */
  | {
      readonly kind: "placed";
      readonly position: RealtimePosition;
      /** The channel's fold threw this: the message is kept, and is no part of the folded state. */
      readonly foldError?: unknown;
    }
  /** It is stored, and the store itself delivers it to every node in its order; the broadcaster publishes nothing. */
  | { readonly kind: "relayed"; readonly id: string; readonly position?: RealtimePosition | undefined }
  /** Nothing is kept of it; the broadcaster publishes it without a position. */
  | { readonly kind: "unkept"; readonly position?: undefined }
  /** Its idempotency key was known: `id` and `position` are the first one's, and nothing is delivered. */
  | { readonly kind: "repeated"; readonly id: string; readonly position?: RealtimePosition | undefined };

/** What a subscriber needs: only the position; all since a position; the last few, but none it has (`after`). At most 300. */
export type HistoryQuery =
  | { readonly kind: "position" }
  | { readonly kind: "since"; readonly since: RealtimePosition; readonly limit: number }
  | { readonly kind: "last"; readonly count: number; readonly after?: RealtimePosition | undefined };

/** A part of the history. No `position` only where nothing is kept: a channel without messages is at offset 0. `complete: false` (only for `since`): epoch changed, trimmed, or over the limit; `messages` is then empty. */
export interface HistoryPage {
  /** The newest position of the channel; undefined where nothing was ever published. */
  readonly position?: RealtimePosition | undefined;
  /** The reply is complete: it contains everything that the query requested. */
  readonly complete: boolean;
  /** Oldest first, without holes, up to and including `position`. With `policy.fold`, the result of `last` is one folded message, and what could not be folded behind it. */
  readonly messages: readonly SealedEnvelope[];
}

/**
 * Seam 5: what was published?
 * MUST give offsets that count up by one per channel within an epoch, and a new epoch whenever it has forgotten.
 * MUST place the entries of one channel in the order of the calls, and of each call in the order of the array, however many calls are
 * in progress; one receipt per entry, in the same order.
 * MUST return the first receipt's id and position for a known idempotency key, as long as the channel's history lives.
 * MUST NOT return a part of a gap. It alone numbers the channel: every node delivers in its order.
 */
export interface IRealtimeHistory {
  /** Keeps a message, and returns its position. */
  append(entries: readonly HistoryEntry[]): Promise<readonly HistoryReceipt[]> | readonly HistoryReceipt[];
  /** The messages that fit the query. */
  read(channel: string, query: HistoryQuery, policy: HistoryPolicy): Promise<HistoryPage> | HistoryPage;
  /** Releases timers and connections of its own; what the app passed in remains the app's. */
  close(): Promise<void> | void;
}
