import { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeUser } from "../../seams/realtime-user.js";

const EARLIEST_MS = 100_000_000_000; // 1973 in milliseconds, the year 5138 in seconds

/**
 * What an authenticator has returned, where it is a user that can be held to it. A lease that no clock can end, because
 * `expiresAt` is no time, is refused as a failure of the authenticator: INTERNAL_ERROR, with the reason as its cause.
 */
export function checkedUser(user: RealtimeUser | null, now: number): RealtimeUser | null {
  if (user === null) return null;
  const userId: unknown = user.userId;
  const expiresAt: unknown = user.expiresAt;
  if (typeof userId !== "string") throw mistake(`userId ${shown(userId)}. Return null for an anonymous visitor.`);
  if (expiresAt === undefined) return user;
  if (typeof expiresAt !== "number" || !Number.isFinite(expiresAt))
    throw mistake(`expiresAt ${shown(expiresAt)}. Return milliseconds since 1970, or leave it out for no end.`);
  if (expiresAt > now) return user;
  if (expiresAt > 0 && expiresAt < EARLIEST_MS && now > EARLIEST_MS)
    throw mistake(`expiresAt ${shown(expiresAt)}, which looks like seconds. Return milliseconds: multiply by 1000.`);
  throw new RealtimeError("SESSION_EXPIRED");
}

function mistake(what: string): RealtimeError {
  return new RealtimeError("INTERNAL_ERROR", { cause: new TypeError(`The authenticator returned ${what}`) });
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value);
}
