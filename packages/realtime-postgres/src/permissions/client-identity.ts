import type { RealtimeUser } from "@repo/core-realtime";

/** How users appear in the database. */
export interface IdentityOptions {
  /** The database role whose policies decide; default `"authenticated"`, and `"anon"` for a visitor who has not signed in. */
  readonly roleOf?: ((user: RealtimeUser | null) => string) | undefined;
  /** What `auth.jwt()` returns beside `sub` and `role`; default: the user's roles as `roles`, and the verified claims. */
  readonly claimsOf?: ((user: RealtimeUser | null) => Readonly<Record<string, unknown>>) | undefined;
}

/** A user as policies read it. */
export interface ClientIdentity {
  /** The role that the decision runs under, such as `authenticated` or `anon`. */
  readonly role: string;
  /** The user's id; empty for a visitor who has not signed in. */
  readonly subject: string;
  /** `request.jwt.claims`: JSON. */
  readonly claims: string;
}

/** The identity of a user; undefined where Postgres cannot hold it. */
export function identityOf(
  user: RealtimeUser | null,
  { roleOf = defaultRole, claimsOf = defaultClaims }: IdentityOptions,
): ClientIdentity | undefined {
  const role = roleOf(user);
  const subject = user?.userId ?? "";
  if (UNSTORABLE.test(role) || UNSTORABLE.test(subject)) return undefined;
  const claims = { ...claimsOf(user), ...(user && { sub: subject }), role }; // last: no claim of a token replaces them
  return { role, subject, claims: JSON.stringify(claims) };
}

const UNSTORABLE = /[\0\p{Surrogate}]/u;

function defaultRole(user: RealtimeUser | null): string {
  return user ? "authenticated" : "anon";
}

function defaultClaims(user: RealtimeUser | null): Readonly<Record<string, unknown>> {
  return user ? { ...user.claims, roles: user.roles } : {};
}
