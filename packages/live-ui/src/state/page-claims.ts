import { z } from "zod";
import type { JsonValue } from "./json-value.js";

/** What a page token is bound to. The reader has it without the token: the page from the address, the others from the session. */
export interface PageBinding {
  /** Path template of the page, such as `"/boards/:id"`. */
  readonly page: string;
  /** Null: an anonymous visitor. */
  readonly userId: string | null;
  /** Identifier of the browser's session. */
  readonly session: string;
}

/** The facts about one open page that are signed. */
export interface NewPageClaims extends PageBinding {
  /** The values of the path, as they stand in the URL. */
  readonly params: Readonly<Record<string, string>>;
  /** Of the state's schema; see `fingerprintOf`. */
  readonly fingerprint: string;
  /** Identifier of this one rendering of the page, in one tab. */
  readonly instance: string;
  /** Counts the changes of the state. */
  readonly version: number;
  /** Of the content that the browser shows. */
  readonly digest?: string | undefined;
  /** Absent where a store has it. */
  readonly state?: JsonValue | undefined;
}

/** The claims of a page token. Times are milliseconds since 1970, rounded to whole seconds. */
export interface PageClaims extends NewPageClaims {
  /** When it was signed. */
  readonly issuedAt: number;
  /** When it opens nothing more. */
  readonly expiresAt: number;
}

/**
 * The claims as a token carries them: an array, seconds since 1970 in base 36, 0 for what is absent. Page, user and session are not in it:
 * they are an input of the MAC.
 */
export function payloadOf(claims: PageClaims): string {
  const { instance, version, issuedAt, expiresAt, fingerprint, digest = 0, params, state } = claims;
  const names = Object.keys(params).toSorted(); // one text for equal claims
  const sorted = names.length > 0 ? Object.fromEntries(names.map((name) => [name, params[name]])) : 0;
  const issued = Math.floor(issuedAt / 1000);
  const lifetime = Math.floor(expiresAt / 1000) - issued;
  const payload = [instance, version, issued.toString(36), lifetime, fingerprint, digest, sorted];
  return JSON.stringify(state === undefined ? payload : [...payload, state]);
}

/** Undefined where the text is not the payload of a token, such as one that another version of this software has signed. */
export function claimsFrom(payload: string, { page, userId, session }: PageBinding): PageClaims | undefined {
  const parsed = PAYLOAD.safeParse(JSON.parse(payload));
  if (!parsed.success) return undefined;
  const [instance, version, issued, lifetime, fingerprint, digest, params, ...more] = parsed.data;
  if (more.length > 1) return undefined;
  const issuedAt = Number.parseInt(issued, 36) * 1000;
  return {
    page,
    userId,
    session,
    params: params === 0 ? {} : params,
    fingerprint,
    instance,
    version,
    ...(digest !== 0 && { digest }),
    ...(more.length > 0 && { state: more[0] }),
    issuedAt,
    expiresAt: issuedAt + lifetime * 1000,
  };
}

const PAYLOAD = z.tuple(
  [
    z.string(),
    z.int().min(0),
    z.string().regex(/^[\da-z]{1,8}$/),
    z.int().min(1),
    z.string(),
    z.union([z.string(), z.literal(0)]),
    z.union([z.record(z.string(), z.string()), z.literal(0)]),
  ],
  z.custom<JsonValue>(), // `JSON.parse` has made it
);
