import type { RealtimePosition } from "@repo/core-realtime";

/** What a Server Component hands to a hook: data, and where its channel stood before they were read. Serialisable where the data are. */
export interface Preloaded<Data = unknown> {
  /** The concrete name; data of another channel are not painted. */
  readonly channel: string;
  readonly data: Data;
  readonly position: RealtimePosition;
}
