import type { HistoryPage, HistoryQuery } from "../../seams/history.seam.js";
import { noHistory } from "../../seams/no-history.js";
import type { SubscribeResult } from "../../wire/frames.js";
import { messageText } from "../../wire/message-text.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { validate } from "../../channel/schema.js";
import { sendableRefusal } from "../session/sendable-refusal.js";
import type { Subscription } from "../session/subscription.js";
import { andThen, isThenable } from "../../thenable.js";
import { withDeadline } from "./deadline.js";
import { inPlace } from "./failure-place.js";
import { checkIsolation, MAX_RECOVERED, type SubscribeGateDeps, type SubscribeRun } from "./subscribe.gate.js";

/** The result of a subscribe: as an object without its messages, and as JSON text with them. */
export interface SubscribeReply {
  readonly result: SubscribeResult;
  readonly text: string;
}

interface SubscribeReplyRun extends SubscribeRun {
  readonly subscription: Subscription;
}

/** Reads what a new subscriber receives, replies, and lets the channel's messages through. */
export async function replyToSubscribe(run: SubscribeReplyRun, deps: SubscribeGateDeps): Promise<void> {
  const { frame, session, subscription } = run;
  const brings = frame.since !== undefined || frame.rewind !== undefined || frame.latest === true;
  const policy = subscription.channel.found.address.channel.history;
  if (policy && (brings || policy.fold)) await session.inRecoveryOrder(() => readAndReply(run, deps));
  else await readAndReply(run, deps);
}

async function readAndReply(run: SubscribeReplyRun, deps: SubscribeGateDeps): Promise<void> {
  const { frame, subscription } = run;
  const { channel, joining } = subscription;
  const read = readOnce(run, deps);
  let page = isThenable(read) ? await read : read; // without a promise where the history returns at once
  for (let tries = 1; tries < MAX_READS && !joining.continues(page.position); tries += 1)
    page = await readOnce(run, deps);
  const query = queryOf(run);
  const isWhole = isFolded(run) && query.kind === "last"; // a part of a folded state is another state
  const maxBytes = isWhole ? Number.POSITIVE_INFINITY : deps.limits.maxReplyBytes;
  const { messages, page: fitting } = fit(channel.number, page, { query, maxBytes });
  checkSize(run, messages, deps);
  takeBudget(run, messages, deps);
  const recovered = frame.since !== undefined && fitting.complete;
  const place = { where: "opening", channel: channel.name };
  const opened = recovered ? undefined : inPlace(place, () => open(run, deps));
  const opening = isThenable(opened) ? await opened : opened;
  check(subscription, deps);
  joining.check();
  const result: SubscribeResult = {
    channel: channel.name,
    number: channel.number,
    ...(fitting.position && { position: fitting.position }),
    ...(frame.since && { recovered }),
  };
  const head = JSON.stringify(result).slice(0, -1);
  const withOpening = opening === undefined ? head : `${head},"opening":${opening}`;
  const text = messages.length === 0 ? `${withOpening}}` : `${withOpening},"messages":[${messages.join(",")}]}`;
  run.reply({ result, text });
  joining.release(fitting.position);
}

const MAX_READS = 3; // a result may be overtaken by what the node delivered before this session joined; a replica that lags is the client's to notice

/** Reads the history, and lets the channel begin there where this is its first subscriber. */
function readOnce(run: SubscribeReplyRun, deps: SubscribeGateDeps): Promise<HistoryPage> | HistoryPage {
  const { subscription } = run;
  check(subscription, deps);
  return andThen(readHistory(run, deps), (page) => {
    check(subscription, deps);
    deps.sequence.learn(subscription.channel, page.position);
    return page;
  });
}

/** One message is sent whatever its size, and a folded state whole; either may have grown beyond what a reader's queue may hold. */
function checkSize({ subscription }: SubscribeReplyRun, messages: readonly string[], { limits }: SubscribeGateDeps) {
  const [bytes, most] = [byteLength(messages), limits.maxBufferedBytes / 2 + ENVELOPE_BYTES];
  if (bytes <= most) return;
  const detail = `the history of ${subscription.channel.name} brings ${bytes} bytes, at most ${most}; let its fold keep less`;
  throw new RealtimeError("OPENING_TOO_LARGE", { detail });
}

function byteLength(messages: readonly string[]): number {
  return messages.reduce((sum, message) => sum + Buffer.byteLength(message), 0);
}

const ENVELOPE_BYTES = 1_024; // what a message frame adds to its payload, about

/** A frame of 130 bytes may bring half a megabyte: how often is bounded per connection, user and address. */
function takeBudget(
  { frame, session, subscription }: SubscribeReplyRun,
  messages: readonly string[],
  { recovery }: SubscribeGateDeps,
) {
  if (messages.length === 0) return;
  const { since } = frame;
  const { name } = subscription.channel;
  const bytes = byteLength(messages);
  const retryAfterMs = recovery.take(session, bytes, since && `${name}\n${since.epoch}\n${since.offset}`);
  if (retryAfterMs > 0) throw new RealtimeError("RECOVERY_LIMITED", { detail: name, retryAfterMs });
}

/** Throws where the subscription has ended meanwhile, or the node was isolated. */
function check({ hasEnded }: Subscription, deps: SubscribeGateDeps): void {
  if (hasEnded) throw new RealtimeError("REVOKED");
  checkIsolation(deps);
}

function readHistory(
  run: SubscribeReplyRun,
  { history, deadlines, limits }: SubscribeGateDeps,
): Promise<HistoryPage> | HistoryPage {
  const { channel } = run.subscription;
  const policy = channel.found.address.channel.history;
  const query = queryOf(run);
  return withDeadline({ deadlines, ms: limits.handlerMs, code: "HANDLER_TIMEOUT" }, () =>
    policy ? history.read(channel.name, query, policy) : noHistory.read(channel.name, query, NOTHING_KEPT),
  );
}

const NOTHING_KEPT = { size: 1, ttlMs: 1 };

function queryOf(run: SubscribeReplyRun): HistoryQuery {
  const { since, rewind, latest } = run.frame;
  if (latest) return { kind: "last", count: 1, ...(since && { after: since }) };
  if (since) return { kind: "since", since, limit: MAX_RECOVERED };
  if (isFolded(run)) return { kind: "last", count: 1 }; // one message that stands for all before it
  return rewind === undefined ? { kind: "position" } : { kind: "last", count: rewind };
}

function isFolded({ subscription }: SubscribeReplyRun): boolean {
  return subscription.channel.found.address.channel.history?.fold !== undefined;
}

interface FitOptions {
  readonly query: HistoryQuery;
  readonly maxBytes: number;
}

/**
 * The page's messages as text, as far as one reply may bring them. A larger gap is not recovered at all; of the last few the newest
 * are kept, one at least.
 */
export function fit(number: number, page: HistoryPage, { query, maxBytes }: FitOptions) {
  const texts = page.messages.map((envelope) => messageText(number, envelope));
  let bytes = 0;
  const tooMuch = texts.findLastIndex((text) => (bytes += Buffer.byteLength(text)) > maxBytes);
  if (tooMuch === -1) return { page, messages: texts };
  if (query.kind === "since") return { page: { ...page, complete: false, messages: [] }, messages: [] };
  return { page, messages: texts.slice(Math.min(tooMuch + 1, texts.length - 1)) };
}

/** The opening as JSON text; undefined where the channel has none. */
function open(run: SubscribeReplyRun, deps: SubscribeGateDeps): Promise<string | undefined> | string | undefined {
  const { session, subscription } = run;
  const { channel, ask } = subscription;
  const { address, opening } = channel.found;
  if (!opening) return undefined;
  const { user, connectionId } = session;
  const { deadlines, limits, direct, toGroup } = deps;
  return withDeadline({ deadlines, ms: limits.handlerMs, code: "HANDLER_TIMEOUT" }, async () => {
    const opened = await opening({
      params: address.params,
      address,
      user,
      connectionId,
      ask: ask as undefined, // read by the channel's own schema
      recovered: false,
      get signal() {
        return subscription.signal; // at the deadline the subscribe is refused, which ends the subscription
      },
      send: (...message) => direct(session, address, message),
      end(reason) {
        const { name } = subscription.channel;
        if (session.subscriptions.get(name) === subscription)
          session.endSubscription(name, sendableRefusal(reason, limits.maxReplyBytes));
      },
      sendTo: (subscribers, ...message) => toGroup(subscribers, address, message),
    });
    return openingText(opened, channel.found.address.channel, limits.maxReplyBytes);
  });
}

async function openingText(
  opened: unknown,
  { name, opening: schema }: SubscribeReplyRun["subscription"]["channel"]["found"]["address"]["channel"],
  maxBytes: number,
): Promise<string | undefined> {
  const checked = schema ? await validate(schema, opened) : ({ fits: true, value: opened } as const);
  if (!checked.fits) throw new TypeError(`The opening of "${name}" returned what its schema refuses: ${checked.why}`);
  const text: string | undefined = JSON.stringify(checked.value);
  if (text !== undefined && Buffer.byteLength(text) > maxBytes)
    throw new RealtimeError("OPENING_TOO_LARGE", {
      detail: `${Buffer.byteLength(text)} bytes, at most ${maxBytes}; send it in pieces`,
    });
  return text;
}
