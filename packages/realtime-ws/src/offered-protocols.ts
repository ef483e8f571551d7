import { RealtimeError, SUBPROTOCOL } from "@repo/core-realtime";

const TOKEN_PREFIX = "fourgate.token.";

/** What a client offered in `Sec-WebSocket-Protocol`. */
export interface OfferedProtocols {
  /** The bearer token, where one was offered. */
  readonly token?: string;
  /** The offer without the token: that is nobody's to select or to log. */
  readonly names: readonly string[];
  /** Why no conversation comes of it. */
  readonly refusal?: RealtimeError;
}

/** Reads the header. A browser can set no other header, so a token travels here. */
export function readOffer(header: string | undefined): OfferedProtocols {
  const offered = (header ?? "").split(",").map((name) => name.trim());
  const names = offered.filter((name) => name !== "" && !name.startsWith(TOKEN_PREFIX));
  const tokens = offered.filter((name) => name.startsWith(TOKEN_PREFIX)).map((name) => name.slice(TOKEN_PREFIX.length));
  const [encoded] = tokens;
  if (!names.includes(SUBPROTOCOL))
    return { names, refusal: new RealtimeError("PROTOCOL_UNSUPPORTED", { detail: `offer ${SUBPROTOCOL}` }) };
  if (encoded === undefined) return { names };
  const token = Buffer.from(encoded, "base64url").toString();
  if (tokens.length === 1 && Buffer.from(token).toString("base64url") === encoded) return { names, token };
  return { names, refusal: new RealtimeError("HANDSHAKE_INVALID", { detail: "the token is not base64url" }) };
}

/** What the server answers: ours, or else the first offered, since a browser drops a connection that selects none and could not read the refusal. */
export function selectProtocol(offered: Iterable<string>): string | false {
  const names = [...offered].filter((name) => !name.startsWith(TOKEN_PREFIX));
  return names.includes(SUBPROTOCOL) ? SUBPROTOCOL : (names[0] ?? false);
}
