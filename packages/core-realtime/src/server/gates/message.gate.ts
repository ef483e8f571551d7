import { authorize } from "../../channel/authorize.js";
import { validate, schemaFor, SINGLE_EVENT, type ValidationResult } from "../../channel/schema.js";
import type { MessageRequest } from "../../seams/guard.seam.js";
import type { IRealtimeHandlerRegistry, ResolvedChannel } from "../../seams/handler-registry.seam.js";
import type { MessageFrame } from "../../wire/frames.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { isThenable } from "../../thenable.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import type { Outcome, ReplyCache } from "../session/reply-cache.js";
import type { SharedReplies } from "../session/shared-replies.js";
import { inTime } from "./deadline.js";
import { notePlace } from "./failure-place.js";
import type { GateTrace } from "./gate-decision.js";
import type { Guards } from "./guards.js";
import { noChannel } from "./no-channel.js";
import type { ReadMessage } from "./handler-message.js";
import { HandlerRun, type HandlerRunDeps } from "./handler-run.js";

export interface MessageGateDeps extends HandlerRunDeps {
  readonly registry: IRealtimeHandlerRegistry;
  readonly guards: Guards;
  readonly replies: ReplyCache;
  /** Undefined where each node remembers its own replies only. */
  readonly sharedReplies?: SharedReplies | undefined;
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
 * text, undefined where there is none; at once where schema, guards and handler are synchronous. What waits is in functions of its own:
 * a closure costs the messages that never wait as much as those that do.
 */
export function messageGate(run: MessageRun, deps: MessageGateDeps): Promise<string | undefined> | string | undefined {
  const { frame, session, trace } = run;
  trace.by = "limits";
  deps.guards.arrive(session, trace);
  trace.by = "channel";
  const found = deps.registry.resolve(frame.channel);
  if (!found) throw noChannel(frame.channel, deps.registry);
  if (deps.isIsolated()) throw new RealtimeError("ISOLATED", { retryAfterMs: 1_000 });
  const { address } = found;
  if (!session.subscriptions.has(address.name)) throw new RealtimeError("NOT_SUBSCRIBED", { detail: address.name });
  trace.by = "scope";
  if (!authorize(address.channel, address.params, session.user))
    throw new RealtimeError("UNAUTHORIZED", { detail: address.name });
  const read = readMessage(run, found, deps);
  return isThenable(read) ? handleLater(read, run, deps) : handleOnce(read, run, deps);
}

async function handleLater(reading: Promise<ReadMessage>, run: MessageRun, deps: MessageGateDeps) {
  const read = await reading;
  const { name } = read.found.address;
  if (!run.session.subscriptions.has(name)) throw new RealtimeError("REVOKED", { detail: name }); // taken away while we read
  return handleOnce(read, run, deps);
}

function handleOnce(
  read: ReadMessage,
  { session, trace }: MessageRun,
  deps: MessageGateDeps,
): Promise<string | undefined> | string | undefined {
  trace.by = "handler";
  const { messageId } = read;
  const key = { session, channel: read.found.address.name, messageId };
  const outcome = deps.replies.known(key) ?? deps.replies.remember(key, handleOnOneNode(read, session, deps));
  return isThenable(outcome) ? outcome.then(replyOf) : replyOf(outcome);
}

/** Where the nodes share their replies: on the first that claims the message. An anonymous visitor has a connection to one node only. */
function handleOnOneNode(
  read: ReadMessage,
  session: RealtimeSession,
  deps: MessageGateDeps,
): Promise<Outcome> | Outcome {
  const { sharedReplies } = deps;
  if (!sharedReplies || !session.user || read.messageId === undefined) return handle(read, session, deps);
  const key = { userId: session.user.userId, channel: read.found.address.name, messageId: read.messageId };
  return sharedReplies.once(key, handling(read, session, deps));
}

function handling(read: ReadMessage, session: RealtimeSession, deps: MessageGateDeps) {
  const { name } = read.found.address;
  return () => {
    if (session.subscriptions.has(name)) return handle(read, session, deps);
    return { ok: false, error: new RealtimeError("REVOKED", { detail: name }) } as const; // taken away while it was claimed
  };
}

/** Never throws. The handler is called here and nowhere deeper, so that its stack trace is as short as the way to it. */
function handle(read: ReadMessage, session: RealtimeSession, deps: MessageGateDeps): Promise<Outcome> | Outcome {
  const run = new HandlerRun(read, session, deps);
  try {
    return run.returned(read.found.handler?.(run.message));
  } catch (cause) {
    return run.threw(cause);
  }
}

function replyOf(outcome: Outcome): string | undefined {
  if (!outcome.ok) throw outcome.error;
  return outcome.result;
}

function readMessage(
  { frame, session, trace }: MessageRun,
  found: ResolvedChannel,
  deps: MessageGateDeps,
): Promise<ReadMessage> | ReadMessage {
  const event = frame.event ?? SINGLE_EVENT;
  trace.by = "schema";
  const schema = schemaFor(found.address.channel.inbound, event);
  if (!schema || !found.handler) throw inboundRefused(event);
  const reading = { event, found, messageId: frame.id, session, trace };
  const validated = validate(schema, frame.payload);
  return isThenable(validated) ? permittedLater(validated, reading, deps) : permitted(validated, reading, deps);
}

/** The gate's own refusal: its place tells it from the same code of a guard or handler. */
function inboundRefused(event: string): RealtimeError {
  const refusal = new RealtimeError("INBOUND_REFUSED", { detail: event });
  notePlace(refusal, { where: "schema" });
  return refusal;
}

async function permittedLater(validated: Promise<ValidationResult>, reading: Reading, deps: MessageGateDeps) {
  return permitted(await inTime(deps, () => validated), reading, deps);
}

interface Reading extends Omit<ReadMessage, "payload"> {
  readonly session: RealtimeSession;
  readonly trace: GateTrace;
}

function permitted(
  validated: ValidationResult,
  { event, found, messageId, session, trace }: Reading,
  deps: MessageGateDeps,
): Promise<ReadMessage> | ReadMessage {
  if (!validated.fits) throw new RealtimeError("PAYLOAD_INVALID", { detail: validated.why });
  const { value: payload } = validated;
  const message = { event, payload, found, messageId };
  if (!deps.guards.hasMessageGuards) return message;
  const { connectionId, user, handshake } = session;
  const request = { connectionId, user, handshake, address: found.address, event, payload };
  return guarded(message, request, { trace, deps });
}

function guarded(
  message: ReadMessage,
  request: MessageRequest,
  { trace, deps }: { readonly trace: GateTrace; readonly deps: MessageGateDeps },
): Promise<ReadMessage> | ReadMessage {
  const checked = inTime(deps, () => deps.guards.message(request, trace));
  return checked ? checked.then(() => message) : message;
}
