/** The facts that a transport has about a new client before gate 1. */
export interface RealtimeHandshake {
  /** `"socket.io"`, `"ws"`, `"sse"`, `"memory"`. */
  readonly transport: string;
  /** The request's path and query. */
  readonly url: string;
  /** Header names in lower case; one value each, as Node joins them. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** A bearer token, wherever this transport carries it. */
  readonly token?: string | undefined;
  /** JSON text of an array of at most 16 frames that came with the first request itself, at most 4 096 bytes. */
  readonly first?: string | undefined;
  /** The peer's network address, as the socket sees it. */
  readonly remoteAddress?: string | undefined;
}
