import type { EventOccurrence } from "@repo/core-events";

/** What could not be carried: where it was to go, what had happened, and why it failed. */
export interface BridgeFailure {
  /** The channel's name as described, such as `"orders.{orderId}.status"`. */
  readonly channel: string;
  /** What was to be carried. */
  readonly occurrence: EventOccurrence;
  /** What the mapping or the broadcast threw. */
  readonly cause: unknown;
}
