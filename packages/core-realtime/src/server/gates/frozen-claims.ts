import type { RealtimeClaims } from "../../seams/realtime-user.js";
import type { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeLimits } from "../limits/limits.js";
import { whyNotPlainJson } from "../session/plain-json.js";

/** A deeply frozen copy of claims that are a plain JSON object within the limits; throws the caller's error where they are not. */
export function frozenClaims(
  claims: unknown,
  { maxClaimsBytes, maxDepth }: Pick<RealtimeLimits, "maxClaimsBytes" | "maxDepth">,
  mistake: (what: string) => RealtimeError,
): RealtimeClaims {
  const why = whyNotClaims(claims, maxDepth);
  if (why !== undefined)
    throw mistake(`claims that cannot be kept: ${why}. Return a plain object of JSON values, or leave them out.`);
  const text = JSON.stringify(claims, (key, inner: unknown) => {
    if (typeof inner === "number" && !Number.isFinite(inner)) throw mistake(`${inner} as the claim "${key}"`); // JSON would have null
    return inner;
  });
  const bytes = Buffer.byteLength(text);
  if (bytes > maxClaimsBytes)
    throw mistake(
      `claims of ${bytes} bytes, at most ${maxClaimsBytes}. Return only what guards and handlers read, or raise limits.maxClaimsBytes.`,
    );
  return JSON.parse(text, (_key, inner: unknown) => Object.freeze(inner)) as RealtimeClaims; // the inmost first
}

function whyNotClaims(claims: unknown, maxDepth: number): string | undefined {
  if (typeof claims !== "object" || claims === null) return `${claims === null ? "null" : typeof claims} is no object`;
  return Array.isArray(claims) ? "an array is no object" : whyNotPlainJson(claims, maxDepth);
}
