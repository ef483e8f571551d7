import type { Realtime } from "@repo/core-realtime/server";
import { SocketIORealtimeServer } from "@repo/realtime-socket-io";
import { SseRealtimeServer } from "@repo/realtime-sse";
import { WsRealtimeServer } from "@repo/realtime-ws";
import type { Environment } from "./environment";
import { shareRouteStream } from "./route-stream";
import { SESSION_COOKIE } from "./sessions";
import { socketRoute } from "./socket-route";

/** All ways in, at once: WebSocket and SSE for our own client, Socket.IO for whoever has its clients already. One broadcast reaches all. */
export async function serveTransports(node: Pick<Realtime, "serve">, { basePath }: Pick<Environment, "basePath">) {
  const path = `${basePath}/realtime` as const;
  const socketIoPath = `${basePath}/socket.io` as const;
  const webSockets = new WsRealtimeServer({ path });
  const streams = new SseRealtimeServer({ path, identityCookies: [SESSION_COOKIE] });
  const routeStreams = new SseRealtimeServer({ path: `${basePath}/api/realtime`, identityCookies: [SESSION_COOKIE] });
  const socketIo = new SocketIORealtimeServer({ path: socketIoPath });
  for (const transport of [webSockets, streams, routeStreams, socketIo]) await node.serve(transport);
  shareRouteStream(routeStreams.fetch);
  return [socketRoute(path, streams, webSockets), socketRoute(socketIoPath, socketIo, socketIo)] as const;
}
