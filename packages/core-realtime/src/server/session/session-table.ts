import type { RealtimeUser } from "../../seams/realtime-user.js";
import type { RealtimeSession } from "./realtime-session.js";
import { RecentTargets } from "./recent-targets.js";

/** Which connections a command is about; what is left out matches all. */
export interface SessionTarget {
  readonly userId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly connectionId?: string | undefined;
}

/** The sessions of this node, found by connection, by user and by sign-in, and who was expelled of late. */
export class SessionTable {
  readonly #all = new Map<string, RealtimeSession>();
  readonly #byUser = new SessionIndex();
  readonly #bySignIn = new SessionIndex();
  readonly #expelled = new RecentTargets<SessionTarget>();

  all(): Iterable<RealtimeSession> {
    return this.#all.values();
  }

  ofConnection(connectionId: string): RealtimeSession | undefined {
    return this.#all.get(connectionId);
  }

  ofUser(userId: string): ReadonlySet<RealtimeSession> {
    return this.#byUser.get(userId);
  }

  /** Connections of a user on this node. */
  countOf(userId: string): number {
    return this.#byUser.get(userId).size;
  }

  /** A copy: whoever ends them changes the table. */
  matching(target: SessionTarget): readonly RealtimeSession[] {
    return [...this.#candidates(target)].filter(({ user, connectionId }) => matches(target, user, connectionId));
  }

  /** Gate 1 has found the identity; or a refresh has, and `before` is the one of until then. */
  add(session: RealtimeSession, before: RealtimeUser | null = null): void {
    this.#unlink(session, before);
    this.#all.set(session.connectionId, session);
    this.#byUser.add(session.user?.userId, session);
    this.#bySignIn.add(session.user?.sessionId, session);
  }

  remove(session: RealtimeSession): void {
    if (this.#all.get(session.connectionId) === session) this.#all.delete(session.connectionId);
    this.#unlink(session, session.user);
  }

  /** Expulsions so far: gate 1 notes the number before it waits. */
  get expulsions(): number {
    return this.#expelled.count;
  }

  noteExpulsion(target: SessionTarget): void {
    this.#expelled.add(target);
  }

  /** Whether this identity was expelled since then: a result of the authenticator may be older than that. */
  expelledSince(count: number, user: RealtimeUser | null): boolean {
    return this.#expelled.someSince(count, (target) => matches(target, user, undefined));
  }

  #candidates({ userId, sessionId, connectionId }: SessionTarget): Iterable<RealtimeSession> {
    if (connectionId !== undefined) {
      const session = this.#all.get(connectionId);
      return session ? [session] : [];
    }
    if (sessionId !== undefined) return this.#bySignIn.get(sessionId);
    return userId === undefined ? this.#all.values() : this.#byUser.get(userId);
  }

  #unlink(session: RealtimeSession, user: RealtimeUser | null): void {
    this.#byUser.remove(user?.userId, session);
    this.#bySignIn.remove(user?.sessionId, session);
  }
}

const NONE: ReadonlySet<RealtimeSession> = new Set();

/** Sessions by one key, which not every session has. */
class SessionIndex {
  readonly #sets = new Map<string, Set<RealtimeSession>>();

  get(key: string): ReadonlySet<RealtimeSession> {
    return this.#sets.get(key) ?? NONE;
  }

  add(key: string | undefined, session: RealtimeSession): void {
    if (key === undefined) return;
    const sessions = this.#sets.get(key);
    if (sessions) sessions.add(session);
    else this.#sets.set(key, new Set([session]));
  }

  remove(key: string | undefined, session: RealtimeSession): void {
    if (key === undefined) return;
    const sessions = this.#sets.get(key);
    sessions?.delete(session);
    if (sessions?.size === 0) this.#sets.delete(key);
  }
}

function matches(target: SessionTarget, user: RealtimeUser | null, connectionId: string | undefined): boolean {
  return (
    (target.userId === undefined || target.userId === user?.userId) &&
    (target.sessionId === undefined || target.sessionId === user?.sessionId) &&
    (target.connectionId === undefined || target.connectionId === connectionId)
  );
}
