import type { RealtimePosition } from "@repo/core-realtime";

/** What a Server Component hands to a hook: data, and where its channel stood before they were read. Serialisable where the data are. */
export interface Preloaded<Data = unknown> {
  /** The concrete name; data of another channel are not painted. */
  readonly channel: string;
  /** What the server has loaded. */
  readonly data: Data;
  /** Where the channel stood before that. */
  readonly position: RealtimePosition;
}

/** Whether data were rendered later than those that were taken: data written into a component are a new object at each render. */
export function isNewer<P extends Preloaded>(preloaded: P | undefined, taken: Preloaded | undefined): preloaded is P {
  if (!preloaded) return false;
  const [now, before] = [preloaded.position, taken?.position];
  return now.epoch !== before?.epoch || now.offset !== before.offset;
}
