import type { RealtimeHandshake } from "@repo/core-realtime";
import { bearerTokenOf } from "@repo/core-realtime/server";
import type { EventSink } from "./event-sink.js";

/** A request, as both faces show it. */
export interface SseRequest {
  readonly method: string;
  readonly handshake: RealtimeHandshake;
  /** Read once; never rejects. */
  readBody(maxBytes: number): Promise<PostedBody>;
}

/** A POST's body, or why there is none. */
export type PostedBody = Uint8Array | "too large" | "never came whole";

/** What is answered: a short body, or a stream that begins once the face has a sink for it. */
export type SseAnswer =
  | { readonly kind: "short"; readonly status: number; readonly headers: SseHeaders; readonly body: string }
  | { readonly kind: "stream"; readonly headers: SseHeaders; readonly begin: (sink: EventSink) => void };

/** Names in lower case. */
export type SseHeaders = Readonly<Record<string, string>>;

/** What both faces make of a request's headers. The token is taken out of them: observers may log those. */
export function handshakeOf(
  url: string,
  shown: Iterable<readonly [string, string | undefined]>,
  remoteAddress: string | undefined,
): RealtimeHandshake {
  const headers: Record<string, string | undefined> = Object.fromEntries(shown);
  const token = bearerTokenOf(headers.authorization);
  if (token !== undefined) delete headers.authorization;
  return { transport: "sse", url, headers, token, remoteAddress };
}
