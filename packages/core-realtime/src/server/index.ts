export {
  createRealtime,
  type ExpelTarget,
  type Realtime,
  type RealtimeOptions,
  type RevokeTarget,
} from "./create-realtime.js";
export { broadcastGate, spokenOf, type Spoken } from "./gates/broadcast.gate.js";
export type { DrainOptions } from "./session/drain.js";
export { encodeEnvelope, encodeFrame } from "./delivery/encode-frame.js";
export { decodeFirstFrames, readFirstFrames, type FirstFrames } from "./first-frames.js";
export { InMemoryHistory, type InMemoryHistoryOptions } from "./history/in-memory-history.js";
export { InMemoryRealtimeBroadcaster, type KeptBroadcast } from "./memory/in-memory-realtime-broadcaster.js";
export {
  InMemoryRealtimeServer,
  type InMemoryClient,
  type InMemoryClientEvents,
} from "./memory/in-memory-realtime-server.js";
export { refuseUpgrade } from "./http/refuse-upgrade.js";
export { shareUpgrades, type UpgradeTaker } from "./http/share-upgrades.js";
export { jsonCopy } from "./json-copy.js";
export { DEFAULT_LIMITS, type RealtimeLimits } from "./limits/limits.js";
export { createOriginPolicy, type AllowedOrigins, type OriginPolicy } from "./limits/origin-policy.js";
export { RealtimeBroadcaster, type RealtimeBroadcasterDeps } from "./delivery/realtime-broadcaster.js";
export { RealtimeHandlerRegistry } from "./realtime-handler-registry.js";
export { relay, type NotRelayable, type Relayable } from "./relay.js";
export { SpreadInterval, type SpreadIntervalOptions } from "./spread-interval.js";
export { systemClock } from "./system-clock.js";
