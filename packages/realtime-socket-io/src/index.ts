export type { EngineTransportName } from "./guarded-engine.js";
export {
  SocketIORealtimeBroadcaster,
  type RoomOperator,
  type RoomSpeaker,
  type SocketIORealtimeBroadcasterOptions,
} from "./socket-io-realtime-broadcaster.js";
export { SocketIORealtimeServer, type SocketIORealtimeServerOptions } from "./socket-io-realtime-server.js";
