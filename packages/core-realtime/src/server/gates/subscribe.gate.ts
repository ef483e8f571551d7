import { authorize } from "../../channel/authorize.js";
import type { RealtimeChannel } from "../../channel/realtime-channel.js";
import { validate, type ValidationResult } from "../../channel/schema.js";
import type { Clock } from "../../seams/clock.js";
import type { IRealtimeHandlerRegistry, ResolvedChannel } from "../../seams/handler-registry.seam.js";
import type { IRealtimeHistory } from "../../seams/history.seam.js";
import type { SubscribeFrame } from "../../wire/frames.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { ChannelSequence } from "../delivery/channel-sequence.js";
import type { ChannelTable } from "../delivery/channel-table.js";
import type { Observers } from "../observers.js";
import type { RecoveryBudget } from "../limits/recovery-budget.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import { sendableRefusal } from "../session/sendable-refusal.js";
import type { SubscribeAttempt } from "../session/subscription.js";
import type { DeadlineQueue } from "./deadline-queue.js";
import { andThen, isThenable } from "../../thenable.js";
import { inTime, withDeadline } from "./deadline.js";
import { placeOf } from "./failure-place.js";
import type { GateTrace } from "./gate-decision.js";
import type { Guards } from "./guards.js";
import { noChannel } from "./no-channel.js";
import type { DirectSend, GroupSend } from "./handler-message.js";
import { replyToSubscribe, type SubscribeReply } from "./subscribe-reply.js";

export interface PermitDeps {
  readonly guards: Guards;
  readonly observer: Observers;
  readonly clock: Clock;
  readonly deadlines: DeadlineQueue;
  readonly limits: RealtimeLimits;
}

export interface SubscribeGateDeps extends PermitDeps {
  readonly registry: IRealtimeHandlerRegistry;
  readonly history: IRealtimeHistory;
  readonly channels: ChannelTable;
  readonly sequence: ChannelSequence;
  /** The node is cut off from the others. */
  readonly isIsolated: () => boolean;
  readonly direct: DirectSend;
  readonly toGroup: GroupSend;
  /** Bytes that recoveries may bring, over time. */
  readonly recovery: RecoveryBudget;
}

/** Messages that one recovery may bring; a longer gap is `recovered: false`, and the client loads the state anew. */
export const MAX_RECOVERED = 300;

/** A subscribe on its way through gate 2. */
export interface SubscribeRun {
  readonly frame: SubscribeFrame;
  readonly session: RealtimeSession;
  readonly attempt: SubscribeAttempt;
  readonly trace: GateTrace;
  /** Sends the reply. Called once, synchronously, before anything else of the channel is sent. */
  readonly reply: (reply: SubscribeReply) => void;
}

/** Gate 2: known channel? `ask` valid? authorised? guards. Then join, and only then read what a new subscriber receives. */
export async function subscribeGate(run: SubscribeRun, deps: SubscribeGateDeps): Promise<void> {
  const { frame, session, attempt, trace } = run;
  trace.by = "channel";
  let found = resolve(frame, deps);
  try {
    const until = deps.clock.monotonic() + deps.limits.handlerMs;
    let ask: unknown;
    for (let isFresh = false; !isFresh;) {
      checkIsolation(deps);
      const { revision } = session;
      const { channel } = found.address;
      attempt.isStale = false;
      const read = inTime(deps, () => readAsk(channel, frame.ask));
      ask = isThenable(read) ? await read : read;
      const permitted = permit({ found, ask, session, trace }, deps, until);
      if (permitted) await permitted;
      if (attempt.isCancelled) throw new RealtimeError("UNSUBSCRIBED");
      found = resolve(frame, deps);
      const isChanged = attempt.isStale || session.revision !== revision || found.address.channel !== channel;
      isFresh = !session.isOpen || !isChanged; // else rights or the description have changed meanwhile: check again
    }
    const subscription = session.join(found, ask, deps.limits.maxBufferedBytes / 2); // before reading: a repeat is dropped by its position, a gap cannot arise
    const { wanted } = subscription.channel;
    if (wanted) await inTime(deps, () => wanted); // the broker delivers the channel before its history is read
    await replyToSubscribe({ ...run, subscription }, deps);
  } catch (error) {
    session.leave(found.address.name, attempt.isCancelled ? "unsubscribed" : "ended"); // a renewed subscription that is refused ends the old one too
    throw attempt.isCancelled ? new RealtimeError("UNSUBSCRIBED") : error;
  }
}

/** An isolated node accepts no subscription and sends no history. */
export function checkIsolation({ isIsolated }: Pick<SubscribeGateDeps, "isIsolated">): void {
  if (isIsolated()) throw new RealtimeError("ISOLATED", { retryAfterMs: 1_000 });
}

function resolve({ channel }: SubscribeFrame, { registry }: SubscribeGateDeps): ResolvedChannel {
  const found = registry.resolve(channel);
  if (!found) throw noChannel(channel, registry);
  return found;
}

function readAsk({ ask: schema, name }: RealtimeChannel, ask: unknown): Promise<unknown> | unknown {
  if (!schema) {
    if (ask === undefined) return undefined;
    throw new RealtimeError("PAYLOAD_INVALID", { detail: `ask: ${name} takes none` });
  }
  return andThen(validate(schema, ask), valueOf);
}

function valueOf(validated: ValidationResult): unknown {
  if (validated.fits) return validated.value;
  throw new RealtimeError("PAYLOAD_INVALID", { detail: `ask: ${validated.why}` });
}

/** One request for permission. */
export interface Permission {
  readonly found: ResolvedChannel;
  readonly ask: unknown;
  readonly session: RealtimeSession;
  readonly trace: GateTrace;
  readonly isRecheck?: boolean;
}

/** Calls `authorize` and the guards, until then at most; at once where they are synchronous. */
export function permit(
  { found, ask, session, trace, isRecheck = false }: Permission,
  { guards, clock, deadlines, limits }: PermitDeps,
  until = clock.monotonic() + limits.handlerMs,
): Promise<void> | void {
  const { address } = found;
  trace.by = "scope";
  if (!isAuthorized(found, session)) throw new RealtimeError("UNAUTHORIZED", { detail: address.name });
  const { connectionId, user, handshake } = session;
  const subscriptions = session.subscriptionsBeside(address.name);
  const request = { connectionId, user, handshake, address, ask, subscriptions, isRecheck };
  const ms = until - clock.monotonic();
  if (ms <= 0) throw new RealtimeError("HANDLER_TIMEOUT");
  return withDeadline({ deadlines, ms, code: "HANDLER_TIMEOUT" }, () => guards.subscribe(request, trace));
}

/** Calls `authorize` with the session's current user. */
export function isAuthorized({ address }: ResolvedChannel, { user }: RealtimeSession): boolean {
  return authorize(address.channel, address.params, user);
}

/** An open subscription that passes gate 2 once more. */
export interface Recheck {
  readonly name: string;
  readonly session: RealtimeSession;
  /** Neither the user nor the channel's description has changed since the last time. */
  readonly isUnchanged: boolean;
}

/** Gate 2 once more for an open subscription; where it refuses, the subscription ends with the reason. */
export async function recheck({ name, session, isUnchanged }: Recheck, deps: PermitDeps): Promise<void> {
  const subscription = session.subscriptions.get(name);
  if (!subscription) return;
  const { channel, ask } = subscription;
  const trace = { by: "" };
  try {
    await permit({ found: channel.found, ask, session, trace, isRecheck: isUnchanged }, deps);
  } catch (cause) {
    const refusal = cause instanceof RealtimeError ? cause : new RealtimeError("UNAUTHORIZED", { detail: name, cause });
    const error = sendableRefusal(refusal, deps.limits.maxReplyBytes);
    if (error !== cause)
      deps.observer.observe({ kind: "failed", ...placeOf(error.cause), cause: error.cause, channel: name });
    if (session.subscriptions.get(name) === subscription) session.endSubscription(name, error);
  }
}
