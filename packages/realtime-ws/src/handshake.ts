import type { IncomingMessage } from "node:http";
import type { RealtimeHandshake } from "@repo/core-realtime";
import type { OfferedProtocols } from "./offered-protocols.js";

/** The handshake of an upgrade request, for gate 1. The token and the first frames are taken out of the headers, which observers may log. */
export function handshakeOf(request: IncomingMessage, { names, token, first }: OfferedProtocols): RealtimeHandshake {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = Array.isArray(value) ? value.join(", ") : value; // prettier-ignore
  headers["sec-websocket-protocol"] = names.join(", ");
  const { remoteAddress } = request.socket;
  return { transport: "ws", url: request.url ?? "/", headers, token, first, remoteAddress };
}
