import { authorize } from "../../channel/authorize.js";
import { judge, schemaFor, SINGLE_EVENT, type Verdict } from "../../channel/schema.js";
import type { Clock } from "../../seams/clock.js";
import type { IRealtimeHandlerRegistry, ResolvedChannel } from "../../seams/handler-registry.seam.js";
import type { MessageFrame } from "../../wire/frames.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { andThen, isThenable } from "../../thenable.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { Observers } from "../observers.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import type { Outcome, ReplyCache } from "../session/reply-cache.js";
import type { DeadlineQueue } from "./deadline-queue.js";
import { inTime, withDeadline } from "./deadline.js";
import type { GateTrace } from "./gate-decision.js";
import type { Guards } from "./guards.js";
import { HandlerMessage, type DirectSend, type Publish, type ReadMessage } from "./handler-message.js";

export interface MessageGateDeps {
  readonly registry: IRealtimeHandlerRegistry;
  readonly guards: Guards;
  readonly replies: ReplyCache;
  readonly observer: Observers;
  readonly clock: Clock;
  readonly deadlines: DeadlineQueue;
  readonly limits: RealtimeLimits;
  readonly publish: Publish;
  readonly direct: DirectSend;
  readonly isIsolated: () => boolean;
}

/** A client message on its way through gate 3. */
export interface MessageRun {
  readonly frame: MessageFrame;
  readonly session: RealtimeSession;
  readonly trace: GateTrace;
}

/**
 * Gate 3: within the limits? known, subscribed, still authorised? Then, once per id: schema, guards, handler. Returns the reply as JSON
 * text, undefined where there is none; at once where schema, guards and handler are synchronous.
 */
export function messageGate(run: MessageRun, deps: MessageGateDeps): Promise<string | undefined> | string | undefined {
  const { frame, session, trace } = run;
  trace.by = "limits";
  deps.guards.arrive(session, trace);
  trace.by = "channel";
  const found = deps.registry.resolve(frame.channel);
  if (!found) throw new RealtimeError("CHANNEL_UNKNOWN", { detail: frame.channel });
  if (deps.isIsolated()) throw new RealtimeError("ISOLATED", { retryAfterMs: 1_000 });
  const { address } = found;
  if (!session.subscriptions.has(address.name)) throw new RealtimeError("NOT_SUBSCRIBED", { detail: address.name });
  trace.by = "scope";
  if (!authorize(address.channel, address.params, session.user))
    throw new RealtimeError("UNAUTHORIZED", { detail: address.name });
  return andThen(readMessage(run, found, deps), (message) => {
    if (!session.subscriptions.has(address.name)) throw new RealtimeError("REVOKED", { detail: address.name }); // taken away while we read
    trace.by = "handler";
    const key = { session, channel: address.name, messageId: frame.id };
    return andThen(
      deps.replies.once(key, () => handle(message, found, { session, deps })),
      replyOf,
    );
  });
}

function replyOf(outcome: Outcome): string | undefined {
  if (!outcome.ok) throw outcome.error;
  return outcome.result;
}

function readMessage(
  run: MessageRun,
  found: ResolvedChannel,
  deps: MessageGateDeps,
): Promise<ReadMessage> | ReadMessage {
  const { frame, session, trace } = run;
  const { address } = found;
  const event = frame.event ?? SINGLE_EVENT;
  trace.by = "schema";
  const schema = schemaFor(address.channel.inbound, event);
  if (!schema || !found.handler) throw new RealtimeError("INBOUND_REFUSED", { detail: event });
  const permitted = (verdict: Verdict): Promise<ReadMessage> | ReadMessage => {
    if (!verdict.fits) throw new RealtimeError("PAYLOAD_INVALID", { detail: verdict.why });
    const { value: payload } = verdict;
    const message = { event, payload, address, messageId: frame.id };
    if (!deps.guards.hasMessageGuards) return message;
    const { connectionId, user, handshake } = session;
    const request = { connectionId, user, handshake, address, event, payload };
    const asked = inTime(deps, () => deps.guards.message(request, trace));
    return asked ? asked.then(() => message) : message;
  };
  return andThen(
    inTime(deps, () => judge(schema, frame.payload)),
    permitted,
  );
}

interface HandleDeps {
  readonly session: RealtimeSession;
  readonly deps: MessageGateDeps;
}

/** Runs the handler within its deadline; never throws. */
function handle(
  message: ReadMessage,
  found: ResolvedChannel,
  { session, deps }: HandleDeps,
): Promise<Outcome> | Outcome {
  const { clock, deadlines, limits, observer, publish, direct } = deps;
  const began = observer.wants("answered") ? clock.monotonic() : 0;
  const ended = (outcome: Outcome): Outcome => {
    if (observer.wants("answered"))
      observer.observe({
        kind: "answered",
        connection: session.facts,
        address: message.address,
        event: message.event,
        durationMs: clock.monotonic() - began,
      });
    return outcome;
  };
  const succeeded = (result: string | undefined) => ended({ ok: true, result });
  const failed = (cause: unknown) => ended({ ok: false, error: refusalOf(cause) });
  const deadline = { deadlines, ms: limits.handlerMs, code: "HANDLER_TIMEOUT" } as const;
  try {
    const reply = withDeadline(deadline, (signalOf) =>
      runHandler(new HandlerMessage(message, { session, publish, direct }, signalOf), found, deps),
    );
    return isThenable(reply) ? reply.then(succeeded, failed) : succeeded(reply);
  } catch (cause) {
    return failed(cause);
  }
}

/** The handler's reply as JSON text. A failure is observed even where the deadline has passed and nobody waits any more. */
function runHandler(
  message: HandlerMessage,
  { address, handler }: ResolvedChannel,
  { observer, limits }: MessageGateDeps,
): Promise<string | undefined> | string | undefined {
  const { channel, name } = address;
  const failed = (cause: unknown): never => {
    if (!(cause instanceof RealtimeError)) observer.observe({ kind: "failed", where: "handler", cause, channel: name });
    throw cause;
  };
  const replied = (result: unknown) =>
    channel.reply
      ? andThen(judge(channel.reply, result), (verdict) => checkedReply(verdict, channel.name, limits.maxReplyBytes))
      : replyText(result, limits.maxReplyBytes);
  try {
    const reply = andThen(handler?.(HandlerMessage.typed(message)), replied);
    return isThenable(reply) ? reply.catch(failed) : reply;
  } catch (cause) {
    return failed(cause);
  }
}

function checkedReply(verdict: Verdict, name: string, maxBytes: number): string | undefined {
  if (!verdict.fits)
    throw new TypeError(`The handler of "${name}" returned what its reply schema refuses: ${verdict.why}`);
  return replyText(verdict.value, maxBytes);
}

function replyText(result: unknown, maxBytes: number): string | undefined {
  const text: string | undefined = JSON.stringify(result);
  if (text !== undefined && text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes)
    throw new RealtimeError("REPLY_TOO_LARGE", { detail: `${Buffer.byteLength(text)} bytes, at most ${maxBytes}` });
  return text;
}

/** A handler's own RealtimeError is its reply; everything else is a failure, whose cause was observed. */
function refusalOf(cause: unknown): RealtimeError {
  return cause instanceof RealtimeError ? cause : new RealtimeError("HANDLER_FAILED", { cause });
}
