import { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeUser } from "../../seams/realtime-user.js";
import type { RealtimeLimits } from "../limits/limits.js";
import { frozenClaims } from "./frozen-claims.js";

const EARLIEST_MS = 100_000_000_000; // 1973 in milliseconds, the year 5138 in seconds

/**
 * A frozen copy of what an authenticator has returned, where it is a user that can be held to it. What is no user, or a lease that no
 * clock can end, is refused as a failure of the authenticator: INTERNAL_ERROR, with the reason as its cause.
 */
export function checkedUser(
  user: RealtimeUser | null,
  now: number,
  limits: Pick<RealtimeLimits, "maxClaimsBytes" | "maxDepth">,
): RealtimeUser | null {
  if (user === null) return null;
  const { userId, roles, sessionId, claims }: Unchecked = user;
  if (typeof userId !== "string") throw mistake(`userId ${shown(userId)}. Return null for an anonymous visitor.`);
  if (!isTexts(roles)) throw mistake(`roles ${shown(roles)}. Return an array of strings, which may be empty.`);
  if (sessionId !== undefined && typeof sessionId !== "string")
    throw mistake(`sessionId ${shown(sessionId)}. Return a string, or leave it out.`);
  const expiresAt = checkedEnd(user.expiresAt, now);
  const kept = claims === undefined ? undefined : frozenClaims(claims, limits, mistake);
  return Object.freeze({
    userId,
    roles: Object.freeze([...roles]), // a string would include parts of itself, and a caller's array may change later
    ...(expiresAt !== undefined && { expiresAt }),
    ...(sessionId !== undefined && { sessionId }),
    ...(kept !== undefined && { claims: kept }),
  });
}

type Unchecked = { readonly [Field in keyof RealtimeUser]?: unknown };

function checkedEnd(expiresAt: unknown, now: number): number | undefined {
  if (expiresAt === undefined) return undefined;
  if (typeof expiresAt !== "number" || !Number.isFinite(expiresAt))
    throw mistake(`expiresAt ${shown(expiresAt)}. Return milliseconds since 1970, or leave it out for no end.`);
  if (expiresAt > now) return expiresAt;
  if (expiresAt > 0 && expiresAt < EARLIEST_MS && now > EARLIEST_MS)
    throw mistake(`expiresAt ${shown(expiresAt)}, which looks like seconds. Return milliseconds: multiply by 1000.`);
  throw new RealtimeError("SESSION_EXPIRED");
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function mistake(what: string): RealtimeError {
  return new RealtimeError("INTERNAL_ERROR", { cause: new TypeError(`The authenticator returned ${what}`) });
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value);
}
