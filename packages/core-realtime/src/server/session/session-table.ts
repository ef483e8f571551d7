import type { RealtimeSession } from "./realtime-session.js";

/** The sessions of this node, found by connection, by user and by sign-in. */
export class SessionTable {
  readonly #all = new Set<RealtimeSession>();
  readonly #byConnection = new Map<string, RealtimeSession>();
  readonly #byUser = new Map<string, Set<RealtimeSession>>();

  /** Counts expulsions, so that gate 1 notices one that came while it was asking who somebody is. */
  expulsions = 0;

  all(): Iterable<RealtimeSession> {
    return this.#all;
  }

  ofConnection(connectionId: string): RealtimeSession | undefined {
    return this.#byConnection.get(connectionId);
  }

  ofUser(userId: string): Iterable<RealtimeSession> {
    return this.#byUser.get(userId) ?? [];
  }

  /** Gate 1 said who it is; or a refresh did, and `before` is who it was. */
  add(session: RealtimeSession, before?: string): void {
    this.#all.add(session);
    this.#byConnection.set(session.connectionId, session);
    if (before !== undefined) this.#forgetUser(session, before);
    const userId = session.user?.userId;
    if (userId === undefined) return;
    const sessions = this.#byUser.get(userId);
    if (sessions) sessions.add(session);
    else this.#byUser.set(userId, new Set([session]));
  }

  remove(session: RealtimeSession): void {
    this.#all.delete(session);
    this.#byConnection.delete(session.connectionId);
    if (session.user) this.#forgetUser(session, session.user.userId);
  }

  #forgetUser(session: RealtimeSession, userId: string): void {
    const sessions = this.#byUser.get(userId);
    sessions?.delete(session);
    if (sessions?.size === 0) this.#byUser.delete(userId);
  }
}
