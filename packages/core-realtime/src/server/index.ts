export { FIRST_WAIT_MS as ABUSE_PAUSE_MS } from "./limits/abuse-ledger.js";
export { createRealtime } from "./create-realtime.js";
export type { ExpelTarget, Realtime, RealtimeOptions, ChannelTarget, RecheckTarget, RevokeTarget } from "./realtime.js";
export type { ClusterSettings, ClusterTiming } from "./cluster/cluster-settings.js";
export { PubSubBroker, type PubSubBrokerOptions } from "./cluster/pub-sub-broker.js";
export { broadcastGate, publicationOf, type Publication } from "./gates/broadcast.gate.js";
export { TimedBroadcastGate, type TimedBroadcastGateDeps } from "./gates/timed-broadcast-gate.js";
export type { DrainOptions } from "./session/drain.js";
export { decodeFirstFrames, readFirstFrames, type FirstFrames } from "./first-frames.js";
export { InMemoryHistory, type InMemoryHistoryOptions } from "./history/in-memory-history.js";
export { InMemoryRealtimeBroadcaster, type KeptBroadcast } from "./memory/in-memory-realtime-broadcaster.js";
export { InMemoryReplyStore } from "./memory/in-memory-reply-store.js";
export {
  InMemoryRealtimeServer,
  type InMemoryClient,
  type InMemoryClientEvents,
} from "./memory/in-memory-realtime-server.js";
export { closeOnSignal, type CloseOnSignalOptions, type CloseStep } from "./http/close-on-signal.js";
export { HealthEndpoint, type HealthEndpointOptions, type HealthReport } from "./http/health-endpoint.js";
export { bearerTokenOf, decodeToken, TOKEN_PREFIX } from "./http/bearer-token.js";
export { refusalHeaders, refusalStatus } from "./http/refusal-head.js";
export { readBody } from "./http/request-body.js";
export { requestHandshake } from "./http/request-handshake.js";
export { RequestRate, type RequestRateOptions } from "./http/request-rate.js";
export { serveNode, type FetchEndpoint } from "./http/serve-node.js";
export { refuseUpgrade } from "./http/refuse-upgrade.js";
export { parsedBody, READ_BEFORE } from "./http/parsed-body.js";
export { refuseUnhandled, shareUpgrades, type UpgradeTaker } from "./http/share-upgrades.js";
export { jsonCopy } from "./json-copy.js";
export { whyNotPlainJson } from "./session/plain-json.js";
export { DEFAULT_LIMITS, type RealtimeLimits } from "./limits/limits.js";
export { SubjectBuckets } from "./limits/subject-buckets.js";
export { TokenBucket, type Rate } from "./limits/token-bucket.js";
export { createOriginPolicy, type AllowedOrigins, type OriginPolicy } from "./limits/origin-policy.js";
export { consoleReport } from "./log/console-report.js";
export type { RealtimeFailure } from "./log/default-observers.js";
export type { RealtimeLogger } from "./log/log-writer.js";
export type { ChannelCensus } from "./delivery/channel-table.js";
export { Observers } from "./observers.js";
export { outboundMessage } from "./delivery/outbound-message.js";
export { CLOSE_GRACE_MS, closeFrame, FIRST_FINAL_CLOSE_CODE } from "./outbound/close-frame.js";
export { FlushScheduler } from "./outbound/flush-scheduler.js";
export type { JoinFrames } from "./outbound/outbound-batch.js";
export {
  latestFrame,
  messageFrame,
  ownFrame,
  type EncodedFrame,
  type OutboundFrame,
} from "./outbound/outbound-frame.js";
export {
  OutboundQueue,
  type OutboundOptions,
  type OutboundOwner,
  type OutboundSink,
} from "./outbound/outbound-queue.js";
export { HIGH_WATER_BYTES, SocketSink, type DrainOwner } from "./outbound/socket-sink.js";
export { PING_FRAME, pongFrame, textFrame } from "./outbound/web-socket-frame.js";
export type { RealtimeBroadcasterDeps } from "./delivery/broadcaster-deps.js";
export { RealtimeBroadcaster } from "./delivery/realtime-broadcaster.js";
export { LayeredHandlerRegistry, type DeclaredChannel } from "./layered-handler-registry.js";
export { RealtimeHandlerRegistry } from "./realtime-handler-registry.js";
export { relay, type NotRelayable, type Relayable } from "./relay.js";
export { SpreadInterval, type SpreadIntervalOptions } from "./spread-interval.js";
export { systemClock } from "./system-clock.js";
