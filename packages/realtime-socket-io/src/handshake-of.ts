import type { IncomingMessage } from "node:http";
import type { RealtimeHandshake } from "@repo/core-realtime";

/** The facts about a new client that only the connection has. */
export type Shown = Pick<RealtimeHandshake, "token" | "first" | "remoteAddress">;

/** A request, as the gateway sees it. */
export function handshakeOf(request: IncomingMessage, shown: Shown = {}): RealtimeHandshake {
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : value,
  ]);
  return {
    transport: "socket.io",
    url: request.url ?? "/",
    headers: Object.fromEntries(headers),
    remoteAddress: request.socket.remoteAddress,
    ...shown,
  };
}
