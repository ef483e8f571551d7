export type { ChannelHandle } from "./channel/channel-handle.js";
export type { ChannelListener } from "./channel/channel-listener.js";
export type { ChannelMistake } from "./channel-mistake.js";
export type { ChannelMessage, MissingEvent, Publication } from "./channel/channel-messages.js";
export type { ChannelState, ChannelStatus } from "./channel/channel-state.js";
export type { AttachOptions } from "./channel/join-options.js";
export type { ConnectedState, ConnectingState, ConnectionState, WaitingState } from "./connection/connection-state.js";
export type { TokenProvider, TokenReason } from "./connection/create-connection.js";
export type { ClientDebug, ClientParts } from "./client-debug.js";
export { createRealtimeClient, type RealtimeClientOptions } from "./create-realtime-client.js";
export type {
  ArgumentsWith,
  AskOption,
  ChannelArguments,
  ChannelNamed,
  OpenChannel,
  RawChannel,
  RealtimeClient,
} from "./realtime-client.js";
export { isRefusal, RealtimeRefusal } from "./realtime-refusal.js";
export type { IRealtimeTransport, LinkEvents, TransportLink, TransportRequest } from "./realtime-transport.js";
