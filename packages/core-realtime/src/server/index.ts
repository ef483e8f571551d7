export {
  createRealtime,
  type ExpelTarget,
  type Realtime,
  type RealtimeOptions,
  type RevokeTarget,
} from "./create-realtime.js";
export { broadcastGate, spokenOf, type Spoken } from "./broadcast.gate.js";
export type { DrainOptions } from "./drain.js";
export { encodeEnvelope, encodeFrame } from "./encode-frame.js";
export { InMemoryHistory, type InMemoryHistoryOptions } from "./in-memory-history.js";
export { InMemoryRealtimeBroadcaster, type KeptBroadcast } from "./in-memory-realtime-broadcaster.js";
export { InMemoryRealtimeServer, type InMemoryClient, type InMemoryClientEvents } from "./in-memory-realtime-server.js";
export { jsonCopy } from "./json-copy.js";
export { DEFAULT_LIMITS, type RealtimeLimits } from "./limits.js";
export { createOriginPolicy, type AllowedOrigins, type OriginPolicy } from "./origin-policy.js";
export { RealtimeBroadcaster, type RealtimeBroadcasterDeps } from "./realtime-broadcaster.js";
export { RealtimeHandlerRegistry } from "./realtime-handler-registry.js";
export { relay, type NotRelayable, type Relayable } from "./relay.js";
export { systemClock } from "./system-clock.js";
