import { RealtimeError, type IRealtimeGateway } from "@repo/core-realtime";
import { READ_BEFORE } from "@repo/core-realtime/server";
import { idIn } from "./capability.js";
import { claimedType } from "./client-frame.js";
import { empty, refusal } from "./short-response.js";
import type { SseConnection } from "./sse-connection.js";
import type { SseResponse, SseHeaders, SseRequest } from "./sse-request.js";

/** Frames of one POST: a reconnect with 50 subscriptions fits twice. */
export const MAX_POSTED_FRAMES = 100;
/** Bytes of one POST, in frames of the largest size. */
export const MAX_POSTED_LARGEST = 4;
const MAX_POSTS_AT_ONCE = 4; // of one connection; a client that keeps its order has one under way

/** What POSTs need of the server. */
export interface PostDeps {
  readonly gateway: IRealtimeGateway;
  readonly connections: ReadonlyMap<string, SseConnection>;
}

/** Takes the frames of one POST. The replies come on the stream. */
export async function takePost(request: SseRequest, headers: SseHeaders, deps: PostDeps): Promise<SseResponse> {
  const refuse = (status: number, error: RealtimeError) => refusal(status, error, headers);
  const shown = request.handshake.headers["fourgate-connection"];
  if (shown === undefined) return refuse(400, invalid("the header Fourgate-Connection is missing"));
  const connection = deps.connections.get(idIn(shown));
  if (!connection?.opener.capability.opensWith(shown)) return refuse(404, new RealtimeError("TRANSPORT_LOST"));
  if (connection.posts >= MAX_POSTS_AT_ONCE) return refuse(429, new RealtimeError("OVERLOADED"));
  connection.posts += 1;
  try {
    return await takeFrom(connection, request, { gateway: deps.gateway, headers });
  } finally {
    connection.posts -= 1;
  }
}

interface TakeDeps extends Pick<PostDeps, "gateway"> {
  readonly headers: SseHeaders;
}

async function takeFrom(connection: SseConnection, request: SseRequest, deps: TakeDeps): Promise<SseResponse> {
  const { gateway, headers } = deps;
  const refuse = (status: number, error: RealtimeError) => refusal(status, error, headers);
  const { identity } = connection.opener;
  const isSame = await identity.accepts(request.handshake, async (shown) => connection.recognizes(shown));
  if (connection.isClosed) return refuse(404, new RealtimeError("TRANSPORT_LOST"));
  if (!isSame)
    return refuse(403, new RealtimeError("UNAUTHENTICATED", { detail: "not who opened the stream; open a new one" }));
  if (!isJson(request)) return refuse(415, invalid("a POST is application/json, without an encoding"));

  const maxBytes = gateway.limits.maxFrameBytes * MAX_POSTED_LARGEST;
  const body = await request.readBody({ maxBytes, onStreamEnd: (run) => connection.onceClosed(run) });
  if (connection.isClosed) return refuse(404, new RealtimeError("TRANSPORT_LOST"));
  if (body === "never came whole") return refuse(408, invalid("the body never came whole"));
  if (body === "already read") return refuse(500, new RealtimeError("INTERNAL_ERROR", { detail: READ_BEFORE }));
  if (body === "too large") {
    const error = new RealtimeError("FRAME_TOO_LARGE");
    connection.close(error);
    return refuse(413, error);
  }
  const frames = framesOf(body);
  if (!frames) return refuse(400, invalid(`a POST is a JSON array of 1 to ${MAX_POSTED_FRAMES} frames`));
  const mayBeTooLarge = body.length > gateway.limits.maxFrameBytes;
  for (const frame of frames) connection.receive(mayBeTooLarge ? textOf(frame) : frame, claimedType(frame));
  return empty(202, headers);
}

/** A type that no form can send: a foreign page would need a preflight first (CORS). */
function isJson({ handshake: { headers } }: SseRequest): boolean {
  const { "content-type": type = "", "content-encoding": encoding = "identity" } = headers;
  return /^application\/json(?:\s*;\s*charset=utf-8)?$/i.test(type.trim()) && encoding === "identity";
}

function framesOf(body: Uint8Array): readonly unknown[] | undefined {
  try {
    const frames: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    return Array.isArray(frames) && frames.length > 0 && frames.length <= MAX_POSTED_FRAMES ? frames : undefined;
  } catch {
    return undefined; // no UTF-8, or no JSON
  }
}

/** The gateway measures text. What is nested too deeply to be written again is no frame either. */
function textOf(frame: unknown): string | undefined {
  try {
    return JSON.stringify(frame);
  } catch {
    return undefined;
  }
}

function invalid(detail: string): RealtimeError {
  return new RealtimeError("FRAME_INVALID", { detail });
}
