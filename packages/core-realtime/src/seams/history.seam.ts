import type { HistoryPolicy } from "../channel/channel-policies.js";
import type { RealtimeEnvelope, RealtimePosition } from "../wire/envelope.js";

/** A message on its way into the history, not yet placed. */
export interface HistoryEntry {
  readonly envelope: RealtimeEnvelope;
  readonly policy: HistoryPolicy;
  readonly idempotencyKey?: string | undefined;
}

/** Where it was placed. `repeated`: the key was known, `position` and `id` are the first one's, nothing is to be delivered. */
export interface HistoryReceipt {
  readonly id: string;
  readonly position?: RealtimePosition | undefined;
  readonly repeated: boolean;
}

/** What a newcomer asks: only the position; all since a position; the last few, but none it has (`after`). At most 300. */
export type HistoryQuery =
  | { readonly kind: "position" }
  | { readonly kind: "since"; readonly since: RealtimePosition; readonly limit: number }
  | { readonly kind: "last"; readonly count: number; readonly after?: RealtimePosition | undefined };

/** The answer. `complete: false` (only for `since`): epoch changed, trimmed, or over the limit; `messages` is then empty. */
export interface HistoryPage {
  readonly position?: RealtimePosition | undefined;
  readonly complete: boolean;
  /** Oldest first, without holes, up to and including `position`. */
  readonly messages: readonly RealtimeEnvelope[];
}

/**
 * Seam 5: what was said?
 * MUST give offsets that count up by one per channel within an epoch, and a new epoch whenever it has forgotten.
 * MUST answer a known idempotency key, while the channel's history lives, with the first receipt.
 * MUST NOT answer a part of a gap. Orders the channel for every node: delivery follows `append`.
 */
export interface IRealtimeHistory {
  append(entry: HistoryEntry): Promise<HistoryReceipt> | HistoryReceipt;
  read(channel: string, query: HistoryQuery, policy: HistoryPolicy): Promise<HistoryPage> | HistoryPage;
  /** Lets go of timers and connections of its own; what the app handed in stays the app's. */
  close(): Promise<void> | void;
}
