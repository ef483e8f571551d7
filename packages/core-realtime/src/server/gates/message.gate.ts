import { authorize } from "../../channel/authorize.js";
import type { Clock } from "../../seams/clock.js";
import type { MessageFrame } from "../../wire/frames.js";
import type { RealtimeChannel } from "../../channel/realtime-channel.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeMessage } from "../../seams/realtime-handler.js";
import type { IRealtimeHandlerRegistry, ResolvedChannel } from "../../seams/handler-registry.seam.js";
import type { IRealtimeObserver } from "../../seams/observer.seam.js";
import { judge, schemasByEvent, SINGLE_EVENT, type Schema } from "../../channel/schema.js";
import type { DeadlineQueue } from "./deadline-queue.js";
import { inTime, withDeadline } from "./deadline.js";
import type { Guards } from "./guards.js";
import { jsonCopy } from "../json-copy.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import type { Outcome, ReplyCache } from "../session/reply-cache.js";

export interface MessageGateDeps {
  readonly registry: IRealtimeHandlerRegistry;
  readonly guards: Guards;
  readonly replies: ReplyCache;
  readonly observer: IRealtimeObserver;
  readonly clock: Clock;
  readonly deadlines: DeadlineQueue;
  readonly limits: RealtimeLimits;
}

/** Gate 3: within the limits? known, subscribed, still allowed? Then, once per id: schema, guards, handler. Resolves with the reply. */
export async function messageGate(
  frame: MessageFrame,
  session: RealtimeSession,
  deps: MessageGateDeps,
): Promise<unknown> {
  deps.guards.arrive(session);
  const found = deps.registry.resolve(frame.channel);
  if (!found) throw new RealtimeError("CHANNEL_UNKNOWN", { detail: frame.channel });
  const { address } = found;
  if (!session.subscriptions.has(address.name)) throw new RealtimeError("NOT_SUBSCRIBED", { detail: address.name });
  if (!authorize(address.channel, address.params, session.user))
    throw new RealtimeError("UNAUTHORIZED", { detail: address.name });
  const message = await read(frame, { found, session, deps });
  if (!session.subscriptions.has(address.name)) throw new RealtimeError("REVOKED", { detail: address.name }); // taken away while we read
  const key = { session, channel: address.name, messageId: frame.id };
  const outcome = await deps.replies.once(key, () => answer(message, found, { session, deps }));
  if (!outcome.ok) throw outcome.error;
  return outcome.result;
}

type ReadMessage = Omit<RealtimeMessage<RealtimeChannel>, "signal">;

interface ReadDeps {
  readonly found: ResolvedChannel;
  readonly session: RealtimeSession;
  readonly deps: MessageGateDeps;
}

async function read(frame: MessageFrame, { found, session, deps }: ReadDeps): Promise<ReadMessage> {
  const { address } = found;
  const { connectionId, user, handshake } = session;
  const event = frame.event ?? SINGLE_EVENT;
  const schema = schemasByEvent(address.channel.inbound).get(event);
  if (!schema || !found.handler) throw new RealtimeError("INBOUND_REFUSED", { detail: event });
  const verdict = await judge(schema, frame.payload);
  if (!verdict.fits) throw new RealtimeError("PAYLOAD_INVALID", { detail: verdict.why });
  const { value: payload } = verdict;
  await inTime(deps, () => deps.guards.message({ connectionId, user, handshake, address, event, payload }));
  return { event, payload, params: address.params, address, user, connectionId, messageId: frame.id };
}

interface AnswerDeps {
  readonly session: RealtimeSession;
  readonly deps: MessageGateDeps;
}

async function answer(message: ReadMessage, found: ResolvedChannel, { session, deps }: AnswerDeps): Promise<Outcome> {
  const { clock, deadlines, limits, observer } = deps;
  const { address } = found;
  const began = clock.monotonic();
  const deadline = { deadlines, ms: limits.handlerMs, code: "HANDLER_TIMEOUT" } as const;
  try {
    const result = await withDeadline(deadline, (signalOf) => run(withSignal(message, signalOf), found, observer));
    return { ok: true, result };
  } catch (cause) {
    return { ok: false, error: refusalOf(cause) };
  } finally {
    const durationMs = clock.monotonic() - began;
    observer.observe({ kind: "answered", connection: session, address, event: message.event, durationMs });
  }
}

function withSignal(message: ReadMessage, signalOf: () => AbortSignal): RealtimeMessage<RealtimeChannel> {
  const { event, payload, params, address, user, connectionId, messageId } = message;
  return {
    event, // written out: a spread costs more than calling a handler
    payload,
    params,
    address,
    user,
    connectionId,
    messageId,
    get signal() {
      return signalOf();
    },
  };
}

/** The handler's answer as JSON carries it. A failure is seen even where the deadline has passed and nobody waits any more. */
async function run(
  message: RealtimeMessage<RealtimeChannel>,
  { address, handler }: ResolvedChannel,
  observer: IRealtimeObserver,
): Promise<unknown> {
  const { channel, name } = address;
  try {
    const result = await handler?.(message);
    return channel.reply ? await checkedReply(result, channel.reply, channel.name) : jsonCopy(result);
  } catch (cause) {
    if (!(cause instanceof RealtimeError)) observer.observe({ kind: "failed", where: "handler", cause, channel: name });
    throw cause;
  }
}

async function checkedReply(result: unknown, reply: Schema, name: string): Promise<unknown> {
  const verdict = await judge(reply, result);
  if (!verdict.fits)
    throw new TypeError(`The handler of "${name}" answered what its reply schema refuses: ${verdict.why}`);
  return jsonCopy(verdict.value);
}

/** A handler's own RealtimeError is its answer; everything else is a failure, its cause was shown to the observer. */
function refusalOf(cause: unknown): RealtimeError {
  return cause instanceof RealtimeError ? cause : new RealtimeError("HANDLER_FAILED", { cause });
}
