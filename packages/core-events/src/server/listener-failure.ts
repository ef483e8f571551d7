import type { EventOccurrence } from "../event-occurrence";

/** A listener threw or rejected: what it received, and why it failed. */
export interface ListenerFailure {
  readonly occurrence: EventOccurrence;
  readonly cause: unknown;
}
