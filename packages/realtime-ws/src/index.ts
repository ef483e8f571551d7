export { WsRealtimeServer, type WsRealtimeServerOptions } from "./ws-realtime-server.js";
