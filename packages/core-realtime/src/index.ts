export { authorize } from "./channel/authorize.js";
export { addressOf, type Addressable, type ChannelAddress, type ChannelOf } from "./channel/channel-address.js";
export { formatName, matchName, MAX_PARAM_BYTES } from "./channel/channel-name.js";
export type {
  HistoryOption,
  HistoryPolicy,
  OverflowOption,
  OverflowPolicy,
  RatePolicy,
} from "./channel/channel-policies.js";
export {
  templatesOverlap,
  type ChannelParams,
  type ChannelTemplate,
  type ParamName,
} from "./channel/channel-template.js";
export type { TypeMistake } from "./channel/type-mistake.js";
export type { Clock } from "./seams/clock.js";
export {
  defineGenericChannel,
  defineRealtimeChannel,
  type RealtimeChannelDescription,
} from "./channel/define-realtime-channel.js";
export type { RealtimeEnvelope, RealtimePosition, RealtimeSender } from "./wire/envelope.js";
export { ERROR_CODES, type ErrorGate, type RealtimeErrorCode, type Retry } from "./wire/error-codes.js";
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
} from "./wire/frames.js";
export { FrameReader } from "./wire/frame-reader.js";
export { messageText, senderFrom, type WireMessage } from "./wire/message-text.js";
export { idAt, openEnvelope, placedAt, type SealedEnvelope } from "./wire/sealed-envelope.js";
export { isRefusal, refuse, type ChannelRefusal } from "./channel/refuse.js";
export type { RealtimeHandshake } from "./seams/handshake.js";
export { InProcessBroker } from "./seams/in-process-broker.js";
export { KeyedSerialQueue } from "./keyed-serial-queue.js";
export { noHistory } from "./seams/no-history.js";
export type { IRealtimeAuthenticator } from "./seams/authenticator.seam.js";
export type {
  BrokerEnvelope,
  BrokerMembership,
  BrokerNode,
  CommandOutcome,
  IRealtimeBroker,
  RealtimeCommand,
} from "./seams/broker.seam.js";
export type {
  BroadcastMessage,
  BroadcastOptions,
  BroadcastReceipt,
  IRealtimeBroadcaster,
} from "./seams/broadcaster.seam.js";
export type {
  AskInput,
  AskOutput,
  ChannelUser,
  InboundEvent,
  InboundInput,
  InboundOutput,
  OutboundEvent,
  OutboundInput,
  OpeningInput,
  OpeningOutput,
  OutboundOutput,
  RealtimeChannel,
  RefusalCode,
  RefusalInput,
  RefusalOutput,
  RefusalSchemas,
  ReplyInput,
  ReplyOutput,
} from "./channel/realtime-channel.js";
export { RealtimeError, type RealtimeErrorOptions } from "./wire/realtime-error.js";
export type { GuardSubject, IRealtimeGuard, MessageRequest, SubscribeRequest } from "./seams/guard.seam.js";
export type {
  AudienceChange,
  BroadcastHere,
  ChannelHandlers,
  ChannelSubscriber,
  ClosedSubscription,
  OpeningRequest,
  RealtimeHandler,
  RealtimeMessage,
  RealtimeOpening,
  SendHere,
  SendToSubscribers,
} from "./seams/realtime-handler.js";
export type { IRealtimeHandlerRegistry, ResolvedChannel } from "./seams/handler-registry.seam.js";
export type {
  HistoryEntry,
  HistoryPage,
  HistoryQuery,
  HistoryReceipt,
  IRealtimeHistory,
} from "./seams/history.seam.js";
export type {
  GateDecision,
  GateName,
  IRealtimeObserver,
  LeaveReason,
  ListedConnection,
  ObservationKind,
  ObservedConnection,
  RealtimeObservation,
} from "./seams/observer.seam.js";
export type { RealtimeScope, ScopeFor } from "./channel/realtime-scope.js";
export type {
  IRealtimeConnection,
  IRealtimeGateway,
  IRealtimeServer,
  OpenConnection,
  OutboundMessage,
  ReplyTaker,
  TransportLimits,
} from "./seams/server.seam.js";
export type { ClaimOutcome, IReplyStore, KeptReply, MessageClaim, MessageKey } from "./seams/reply-store.seam.js";
export type { IPubSub } from "./seams/pub-sub.seam.js";
export type { RealtimeClaims, RealtimeUser } from "./seams/realtime-user.js";
export { senderOf } from "./wire/sender-of.js";
export {
  anyEvent,
  isOpenEvents,
  isSchema,
  validate,
  schemaFor,
  SINGLE_EVENT,
  type EventOf,
  type EventSchemas,
  type InputOf,
  type OpenEvents,
  type OutputOf,
  type Schema,
  type SchemaOf,
  type SingleEvent,
  type ValidationResult,
} from "./channel/schema.js";
