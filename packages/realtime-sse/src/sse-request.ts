import type { RealtimeError, RealtimeHandshake } from "@repo/core-realtime";
import { bearerTokenOf, decodeFirstFrames } from "@repo/core-realtime/server";
import type { EventSink } from "./event-sink.js";
import type { BodyWait, PostedBody } from "./posted-body.js";

/** A request, as both faces show it. */
export interface SseRequest extends ShownRequest {
  readonly method: string;
  /** Read once; never rejects. */
  readBody(wait: BodyWait): Promise<PostedBody>;
}

/** What a request's head contains. */
export interface ShownRequest {
  readonly handshake: RealtimeHandshake;
  /** Why it opens no stream, from any client. */
  readonly malformed?: RealtimeError;
}

/** The response: a short body, or a stream that begins once the face has a sink for it. */
export type SseResponse =
  ShortResponse | { readonly kind: "stream"; readonly headers: SseHeaders; readonly begin: (sink: EventSink) => void };

export interface ShortResponse {
  readonly kind: "short";
  readonly status: number;
  readonly headers: SseHeaders;
  readonly body: string;
}

/** Names in lower case. */
export type SseHeaders = Readonly<Record<string, string>>;

const FIRST_HEADER = "fourgate-first";
const FIRST_QUERY = /(?<=[?&])first=([^&]*)(?:&|$)/;

/** What both faces make of a request's head. The token and the first frames are taken out of it: observers may log the rest. */
export function showRequest(
  url: string,
  shown: Iterable<readonly [string, string | undefined]>,
  remoteAddress: string | undefined,
): ShownRequest {
  const headers: Record<string, string | undefined> = Object.fromEntries(shown);
  const token = bearerTokenOf(headers.authorization);
  if (token !== undefined) delete headers.authorization;
  const { first, refusal } = decodeFirstFrames(headers[FIRST_HEADER] ?? FIRST_QUERY.exec(url)?.[1]);
  delete headers[FIRST_HEADER];
  const handshake = { transport: "sse", url: url.replace(FIRST_QUERY, ""), headers, token, first, remoteAddress };
  return refusal ? { handshake, malformed: refusal } : { handshake };
}
