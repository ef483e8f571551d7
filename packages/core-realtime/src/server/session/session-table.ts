import type { RealtimeUser } from "../../seams/realtime-user.js";
import type { RealtimeSession } from "./realtime-session.js";
import { RecentTargets } from "./recent-targets.js";

/** Which connections a command is about; what is left out matches all. */
export interface SessionTarget {
  readonly userId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly connectionId?: string | undefined;
}

/** The sessions of this node, found by connection, by user and by sign-in, and the recent expulsions. */
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

  ofUser(userId: string): Iterable<RealtimeSession> {
    return this.#byUser.get(userId);
  }

  /** Connections of a user on this node. */
  countOf(userId: string): number {
    return this.#byUser.countOf(userId);
  }

  /** A copy: a caller that ends them changes the table. */
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

const NONE: readonly RealtimeSession[] = [];

/** Sessions by one key, which not every session has. Most keys have one session, and that stands for itself: a set weighs 200 bytes. */
class SessionIndex {
  readonly #found = new Map<string, RealtimeSession | Set<RealtimeSession>>();

  get(key: string): Iterable<RealtimeSession> {
    const found = this.#found.get(key);
    if (found === undefined) return NONE;
    return found instanceof Set ? found : [found];
  }

  countOf(key: string): number {
    const found = this.#found.get(key);
    if (found === undefined) return 0;
    return found instanceof Set ? found.size : 1;
  }

  add(key: string | undefined, session: RealtimeSession): void {
    if (key === undefined) return;
    const found = this.#found.get(key);
    if (found === undefined) this.#found.set(key, session);
    else if (found instanceof Set) found.add(session);
    else this.#found.set(key, new Set([found, session]));
  }

  remove(key: string | undefined, session: RealtimeSession): void {
    if (key === undefined) return;
    const found = this.#found.get(key);
    if (found instanceof Set) found.delete(session);
    if (found === session || (found instanceof Set && found.size === 0)) this.#found.delete(key);
  }
}

function matches(target: SessionTarget, user: RealtimeUser | null, connectionId: string | undefined): boolean {
  return (
    (target.userId === undefined || target.userId === user?.userId) &&
    (target.sessionId === undefined || target.sessionId === user?.sessionId) &&
    (target.connectionId === undefined || target.connectionId === connectionId)
  );
}
