import type { RealtimeHandshake } from "@repo/core-realtime";
import { bearerTokenOf } from "@repo/core-realtime/server";

/** A request as an authenticator and an origin policy see a connection. */
export function handshakeOf({ url, headers: given }: Request): RealtimeHandshake {
  const { host, pathname, search } = new URL(url);
  const headers: Record<string, string | undefined> = { host, ...Object.fromEntries(given) };
  const token = bearerTokenOf(headers["authorization"]);
  delete headers["authorization"];
  return { transport: "http", url: `${pathname}${search}`, headers, ...(token !== undefined && { token }) };
}
