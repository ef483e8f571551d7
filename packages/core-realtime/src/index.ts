export { authorize } from "./authorize.js";
export { addressOf, type Addressable, type ChannelAddress, type ChannelOf } from "./channel-address.js";
export { formatName, matchName, MAX_PARAM_BYTES } from "./channel-name.js";
export type { HistoryPolicy, OverflowOption, OverflowPolicy } from "./channel-policies.js";
export { templatesOverlap, type ChannelParams, type ChannelTemplate, type ParamName } from "./channel-template.js";
export type { Clock } from "./clock.js";
export { defineRealtimeChannel, type RealtimeChannelDescription } from "./define-realtime-channel.js";
export type { RealtimeEnvelope, RealtimePosition, RealtimeSender } from "./envelope.js";
export { ERROR_CODES, type ErrorGate, type RealtimeErrorCode, type Retry } from "./error-codes.js";
export {
  PROTOCOL_VERSION,
  SUBPROTOCOL,
  type ClientFrame,
  type CloseFrame,
  type ConnectedFrame,
  type DrainingFrame,
  type EnvelopeFrame,
  type ErrorFrame,
  type ExpiringFrame,
  type LeftFrame,
  type MessageFrame,
  type PingFrame,
  type PongFrame,
  type RefreshFrame,
  type ReplyFrame,
  type ServerFrame,
  type SubscribeFrame,
  type SubscribeResult,
  type UnsubscribeFrame,
  type WireError,
} from "./frames.js";
export type { RealtimeHandshake } from "./handshake.js";
export { InProcessBroker } from "./in-process-broker.js";
export { LinePerKey } from "./line-per-key.js";
export { noHistory } from "./no-history.js";
export type { IRealtimeAuthenticator } from "./realtime-authenticator.js";
export type { BrokerListener, IRealtimeBroker, RealtimeCommand } from "./realtime-broker.js";
export type {
  BroadcastMessage,
  BroadcastOptions,
  BroadcastReceipt,
  IRealtimeBroadcaster,
} from "./realtime-broadcaster.js";
export type {
  ChannelUser,
  InboundEvent,
  InboundInput,
  InboundOutput,
  OutboundEvent,
  OutboundInput,
  OutboundOutput,
  RealtimeChannel,
  ReplyInput,
  ReplyOutput,
} from "./realtime-channel.js";
export { RealtimeError, type RealtimeErrorOptions } from "./realtime-error.js";
export type { GuardSubject, IRealtimeGuard, MessageRequest, SubscribeRequest } from "./realtime-guard.js";
export type {
  ChannelAnswers,
  OpeningRequest,
  RealtimeHandler,
  RealtimeMessage,
  RealtimeOpening,
} from "./realtime-handler.js";
export type { IRealtimeHandlerRegistry, ResolvedChannel } from "./realtime-handler-registry.js";
export type { HistoryEntry, HistoryPage, HistoryQuery, HistoryReceipt, IRealtimeHistory } from "./realtime-history.js";
export type { IRealtimeObserver, LeaveReason, ObservedConnection, RealtimeObservation } from "./realtime-observer.js";
export type { RealtimeScope, ScopeFor } from "./realtime-scope.js";
export type {
  IRealtimeConnection,
  IRealtimeGateway,
  IRealtimeServer,
  OpenConnection,
  TransportLimits,
} from "./realtime-server.js";
export type { RealtimeUser } from "./realtime-user.js";
export { senderOf } from "./sender-of.js";
export {
  isSchema,
  judge,
  schemasByEvent,
  SINGLE_EVENT,
  type EventOf,
  type EventSchemas,
  type InputOf,
  type OutputOf,
  type Schema,
  type SchemaOf,
  type SingleEvent,
  type Verdict,
} from "./schema.js";
