import type { EventOccurrence } from "../event-occurrence";

/** A listener threw or rejected: what it received, and why it failed. */
export interface ListenerFailure {
  /** What the listener was called with. */
  readonly occurrence: EventOccurrence;
  /** What it threw, or rejected with. */
  readonly cause: unknown;
}
