/** Who is connected, as the authenticator says. */
export interface RealtimeUser {
  readonly userId: string;
  readonly roles: readonly string[];
  /** When the lease ends, in milliseconds since 1970; leave out for as long as the connection lives. */
  readonly expiresAt?: number | undefined;
  /** One sign-in of this user, so that signing out can expel that one alone. */
  readonly sessionId?: string | undefined;
}
