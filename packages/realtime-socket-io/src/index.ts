export type { EngineTransportName } from "./guarded-engine.js";
export { SocketIORealtimeServer, type SocketIORealtimeServerOptions } from "./socket-io-realtime-server.js";
