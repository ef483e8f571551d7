import type { SocketIORealtimeServer } from "@repo/realtime-socket-io";
import type { RequestRoute } from "./request-router";
import type { UpgradeRoute } from "./upgrade-router";

/** Requests and upgrades to a path, for a transport that takes both. */
export function socketRoute(
  path: `/${string}`,
  sockets: Pick<SocketIORealtimeServer, "handleRequest" | "handleUpgrade">,
): RequestRoute & UpgradeRoute {
  return {
    path,
    request: (request, response) => sockets.handleRequest(request, response),
    upgrade: (request, socket, head) => sockets.handleUpgrade(request, socket, head),
  };
}
