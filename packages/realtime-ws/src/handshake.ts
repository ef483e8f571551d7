import type { IncomingMessage } from "node:http";
import type { RealtimeHandshake } from "@repo/core-realtime";
import type { OfferedProtocols } from "./offered-protocols.js";

/** What gate 1 is shown of an upgrade request. The token and the first frames are taken out of the headers, which observers may log. */
export function handshakeOf(request: IncomingMessage, { names, token, first }: OfferedProtocols): RealtimeHandshake {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = Array.isArray(value) ? value.join(", ") : value; // prettier-ignore
  headers["sec-websocket-protocol"] = names.join(", ");
  const { remoteAddress } = request.socket;
  return { transport: "ws", url: request.url ?? "/", headers, token, first, remoteAddress };
}
