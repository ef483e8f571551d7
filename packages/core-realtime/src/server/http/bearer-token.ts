const ENCODED = "fourgate.token."; // as the sub-protocol of a WebSocket: base64url of UTF-8 follows
const BEARER = /^bearer +(\S(?:.*\S)?) *$/i;

/**
 * The token of an `Authorization: Bearer` header. A header carries ASCII alone (RFC 6750): a token of other characters, and one
 * that itself begins with `fourgate.token.`, comes as `fourgate.token.<base64url of the token>`. What is not that encoding is
 * taken as it stands, for the authenticator to refuse: a client that shows a token is never taken for a visitor.
 */
export function bearerTokenOf(authorization: string | undefined): string | undefined {
  const shown = BEARER.exec(authorization ?? "")?.[1];
  if (!shown?.startsWith(ENCODED)) return shown;
  const encoded = shown.slice(ENCODED.length);
  const token = Buffer.from(encoded, "base64url").toString();
  return Buffer.from(token).toString("base64url") === encoded ? token : shown;
}
