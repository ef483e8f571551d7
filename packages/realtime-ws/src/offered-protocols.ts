import { RealtimeError, SUBPROTOCOL } from "@repo/core-realtime";
import { decodeFirstFrames, decodeToken, TOKEN_PREFIX } from "@repo/core-realtime/server";

const FIRST_PREFIX = "fourgate.first.";

/** What a client offered in `Sec-WebSocket-Protocol`. */
export interface OfferedProtocols {
  /** The bearer token, where one was offered. */
  readonly token?: string;
  /** Frames that came with the upgrade, as JSON text. */
  readonly first?: string;
  /** The offer without those two: they must be neither selected nor logged. */
  readonly names: readonly string[];
  /** Why the connection is closed at once. */
  readonly refusal?: RealtimeError;
}

/** Reads the header. A browser can set no other header, so a token and the first frames travel here. */
export function readOffer(header: string | undefined): OfferedProtocols {
  const offered = (header ?? "").split(",").map((name) => name.trim());
  const names = offered.filter((name) => name !== "" && !isCarrier(name));
  if (!names.includes(SUBPROTOCOL))
    return { names, refusal: new RealtimeError("PROTOCOL_UNSUPPORTED", { detail: `offer ${SUBPROTOCOL}` }) };
  const tokens = carriedBy(TOKEN_PREFIX, offered);
  const firsts = carriedBy(FIRST_PREFIX, offered);
  if (tokens.length > 1 || firsts.length > 1) return { names, refusal: malformed("more than one token or list of first frames") }; // prettier-ignore
  const token = tokens[0] === undefined ? undefined : decodeToken(tokens[0]);
  if (tokens[0] !== undefined && token === undefined)
    return { names, refusal: malformed("the token is not base64url") };
  return { names, ...(token !== undefined && { token }), ...decodeFirstFrames(firsts[0]) };
}

/** The sub-protocol that the server selects: ours, or else the first offered, since a browser drops a connection that selects none and could not read the refusal. */
export function selectProtocol(offered: Iterable<string>): string | false {
  const names = [...offered].filter((name) => !isCarrier(name));
  return names.includes(SUBPROTOCOL) ? SUBPROTOCOL : (names[0] ?? false);
}

function isCarrier(name: string): boolean {
  return name.startsWith(TOKEN_PREFIX) || name.startsWith(FIRST_PREFIX);
}

function carriedBy(prefix: string, offered: readonly string[]): readonly string[] {
  return offered.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

function malformed(detail: string): RealtimeError {
  return new RealtimeError("HANDSHAKE_INVALID", { detail });
}
