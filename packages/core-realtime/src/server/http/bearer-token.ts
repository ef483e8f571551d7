/** Precedes a token in base64url, as the sub-protocol of a WebSocket and in a header. */
export const TOKEN_PREFIX = "fourgate.token.";
const BEARER = /^bearer +(\S(?:.*\S)?) *$/i;

/**
 * The token of an `Authorization: Bearer` header. A header carries ASCII alone (RFC 6750): a token of other characters, and one
 * that itself begins with `fourgate.token.`, comes as `fourgate.token.<base64url of the token>`. What is not that encoding is
 * taken as it stands, for the authenticator to refuse: a client that sends a token is never taken for an anonymous one.
 */
export function bearerTokenOf(authorization: string | undefined): string | undefined {
  const shown = BEARER.exec(authorization ?? "")?.[1];
  return shown?.startsWith(TOKEN_PREFIX) ? (decodeToken(shown.slice(TOKEN_PREFIX.length)) ?? shown) : shown;
}

/** Undefined where it is not base64url of UTF-8. */
export function decodeToken(encoded: string): string | undefined {
  const token = Buffer.from(encoded, "base64url").toString();
  return Buffer.from(token).toString("base64url") === encoded ? token : undefined;
}
