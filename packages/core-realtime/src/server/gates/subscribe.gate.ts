import { authorize } from "../../channel/authorize.js";
import type { SubscribeFrame, SubscribeResult } from "../../wire/frames.js";
import { noHistory } from "../../seams/no-history.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { IRealtimeHandlerRegistry, ResolvedChannel } from "../../seams/handler-registry.seam.js";
import type { HistoryQuery, IRealtimeHistory } from "../../seams/history.seam.js";
import type { Clock } from "../../seams/clock.js";
import type { DeadlineQueue } from "./deadline-queue.js";
import { inTime, withDeadline } from "./deadline.js";
import { fitPage } from "./fit-page.js";
import type { Guards } from "./guards.js";
import { jsonCopy } from "../json-copy.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { RealtimeUser } from "../../seams/realtime-user.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import type { SessionTable } from "../session/session-table.js";

export interface SubscribeGateDeps {
  readonly registry: IRealtimeHandlerRegistry;
  readonly guards: Guards;
  readonly history: IRealtimeHistory;
  readonly clock: Clock;
  readonly deadlines: DeadlineQueue;
  readonly sessions: SessionTable;
  readonly limits: Pick<RealtimeLimits, "maxBufferedBytes" | "handlerMs">;
}
type PermitDeps = Pick<SubscribeGateDeps, "guards" | "deadlines" | "limits">;

/** Messages that one recovery may bring; a longer gap is `recovered: false`, and the client loads afresh. */
export const MAX_RECOVERED = 300;

/** Gate 2: known channel? allowed? guards. Then join, and only then read what the newcomer is handed. */
export async function subscribeGate(
  frame: SubscribeFrame,
  session: RealtimeSession,
  deps: SubscribeGateDeps,
): Promise<SubscribeResult> {
  const found = deps.registry.resolve(frame.channel);
  if (!found) throw new RealtimeError("CHANNEL_UNKNOWN", { detail: frame.channel });
  try {
    await permitAndJoin(found, session, deps); // joins before reading: a double is dropped by its position, a gap would not be noticed
    return await handOver(frame, { session, found, deps });
  } catch (error) {
    session.leave(found.address.name, "lapsed"); // a renewed subscription that is refused ends the old one too
    throw error;
  }
}

/**
 * Gate 2's checks, until this right was not taken away while a guard waited, all within one deadline. Joins in the same turn as
 * the last comparison: not one promise lies between.
 */
async function permitAndJoin(found: ResolvedChannel, session: RealtimeSession, deps: SubscribeGateDeps): Promise<void> {
  const { sessions, deadlines, clock, limits } = deps;
  const until = clock.monotonic() + limits.handlerMs;
  const isTakenAway = (user: RealtimeUser | null, revocations: number) =>
    session.user !== user || sessions.revokedSince(revocations, session, found.address.name);
  for (;;) {
    const { user } = session;
    const { revocations } = sessions;
    const ms = until - clock.monotonic();
    if (ms <= 0) throw new RealtimeError("HANDLER_TIMEOUT");
    await withDeadline({ deadlines, ms, code: "HANDLER_TIMEOUT" }, () => check(found, session, deps.guards));
    if (!session.isOpen || !isTakenAway(user, revocations)) return session.join(found);
  }
}

/** Asks `authorize` and the guards. */
export async function permit(found: ResolvedChannel, session: RealtimeSession, deps: PermitDeps): Promise<void> {
  await inTime(deps, () => check(found, session, deps.guards));
}

function check(found: ResolvedChannel, session: RealtimeSession, guards: Guards): Promise<void> | void {
  const { address } = found;
  if (!isAuthorized(found, session)) throw new RealtimeError("UNAUTHORIZED", { detail: address.name });
  const { connectionId, user, handshake, subscriptions } = session;
  const others = subscriptions.has(address.name) ? subscriptions.size - 1 : subscriptions.size;
  return guards.subscribe({ connectionId, user, handshake, address, subscriptions: others });
}

/** Asks `authorize` of the session as it is now. */
export function isAuthorized({ address }: ResolvedChannel, { user }: RealtimeSession): boolean {
  return authorize(address.channel, address.params, user);
}

interface HandOver {
  readonly session: RealtimeSession;
  readonly found: ResolvedChannel;
  readonly deps: SubscribeGateDeps;
}

async function handOver(frame: SubscribeFrame, { session, found, deps }: HandOver): Promise<SubscribeResult> {
  const { address, opening } = found;
  const { name: channel, params } = address;
  const { connectionId, user } = session;
  const policy = address.channel.history;
  const store = policy ? deps.history : noHistory;
  const query = queryOf(frame);
  const kept = await inTime(deps, () => store.read(channel, query, policy ?? NOTHING_KEPT));
  const page = fitPage(kept, query, deps.limits.maxBufferedBytes / 2); // the other half is for what is said meanwhile
  const opened = opening
    ? jsonCopy(await inTime(deps, () => opening({ params, address, user, connectionId })))
    : undefined;
  return {
    channel,
    ...(page.position && { position: page.position }),
    ...(frame.since && { recovered: page.complete }),
    ...(page.messages.length > 0 && { messages: page.messages }),
    ...(opened !== undefined && { opening: opened }),
  };
}

const NOTHING_KEPT = { size: 1, ttlMs: 1 };

function queryOf({ since, rewind, latest }: SubscribeFrame): HistoryQuery {
  if (latest) return { kind: "last", count: 1, ...(since && { after: since }) };
  if (since) return { kind: "since", since, limit: MAX_RECOVERED };
  return rewind === undefined ? { kind: "position" } : { kind: "last", count: rewind };
}
