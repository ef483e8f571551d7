import type { RealtimeHandshake } from "../../seams/handshake.js";
import { bearerTokenOf } from "./bearer-token.js";
import { remoteAddressOf } from "./remote-address.js";

/** A request as an authenticator and an origin policy see a connection. */
export function requestHandshake(request: Request): RealtimeHandshake {
  const { host, pathname, search } = new URL(request.url);
  const headers: Record<string, string | undefined> = { host, ...Object.fromEntries(request.headers) };
  const token = bearerTokenOf(headers["authorization"]);
  delete headers["authorization"];
  const remoteAddress = remoteAddressOf(request);
  return {
    transport: "http",
    url: `${pathname}${search}`,
    headers,
    ...(token !== undefined && { token }),
    ...(remoteAddress !== undefined && { remoteAddress }),
  };
}
