export type { IdentityCookies } from "./credentials.js";
export { SseRealtimeServer, type SseRealtimeServerOptions } from "./sse-realtime-server.js";
