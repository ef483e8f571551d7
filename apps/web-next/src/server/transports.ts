import type { Realtime } from "@repo/core-realtime/server";
import { SocketIORealtimeServer } from "@repo/realtime-socket-io";
import { SseRealtimeServer } from "@repo/realtime-sse";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { shareRouteStream } from "./route-stream";
import { SESSION_COOKIE } from "./sessions";
import { socketRoute } from "./socket-route";

/** All ways in, at once: WebSocket and SSE for our own client, Socket.IO for whoever has its clients already. One broadcast reaches all. */
export async function serveTransports(node: Pick<Realtime, "serve">) {
  const webSockets = new WsRealtimeServer({ path: "/realtime" });
  const streams = new SseRealtimeServer({ path: "/realtime", identityCookies: [SESSION_COOKIE] });
  const routeStreams = new SseRealtimeServer({ path: "/api/realtime", identityCookies: [SESSION_COOKIE] });
  const socketIo = new SocketIORealtimeServer({ path: "/socket.io" });
  for (const transport of [webSockets, streams, routeStreams, socketIo]) await node.serve(transport);
  shareRouteStream(routeStreams.fetch);
  return [socketRoute("/realtime", streams, webSockets), socketRoute("/socket.io", socketIo, socketIo)] as const;
}
