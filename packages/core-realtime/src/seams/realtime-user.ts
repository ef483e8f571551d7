/** Who is connected, as the authenticator decides. A session keeps a frozen copy of these fields, and of no others. */
export interface RealtimeUser {
  /** The app's id of the user. */
  readonly userId: string;
  /** What a scope `{ role }` compares with. */
  readonly roles: readonly string[];
  /** When the lease ends, in milliseconds since 1970; leave out for as long as the connection lives. */
  readonly expiresAt?: number | undefined;
  /** One sign-in of this user, so that signing out can expel that one alone. */
  readonly sessionId?: string | undefined;
  /**
   * What the verified token contains beyond the rest, such as the tenant, for guards, handlers and row-level security: a plain JSON object.
   * No client and no other node receives it; this node's observers and `realtime.connections()` do.
   */
  readonly claims?: RealtimeClaims | undefined;
}

/** The claims of a verified token. */
export type RealtimeClaims = Readonly<Record<string, unknown>>;
