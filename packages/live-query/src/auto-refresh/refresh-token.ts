import { createHmac, timingSafeEqual } from "node:crypto";
import { Snapshot } from "@repo/realtime-postgres";
import { z } from "zod";
import type { ReadSet } from "../reads/read-set.js";

/** What a rendered page has read, and the user: everything that a node must know to follow it. */
export interface RefreshClaims {
  readonly name: string;
  /** One place on one page, so that two do not share a channel. */
  readonly view: string;
  readonly argsDigest: string;
  /** Null: an anonymous visitor. */
  readonly userId: string | null;
  readonly reads: ReadSet;
  readonly snapshot: Snapshot;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

const MAX_TOKEN_LENGTH = 8_000; // it travels in a frame, and in the page
const SECRET_LENGTH = 32;

/** Signs what a page has read, and reads it back: HMAC-SHA256. A token can be read by any client that has it; it cannot be made or changed. */
export class RefreshTokens {
  readonly #secrets: readonly string[];

  /** The first secret signs; the others are still accepted, while one replaces another. */
  constructor(secret: string | readonly string[]) {
    this.#secrets = typeof secret === "string" ? [secret] : secret;
    if (this.#secrets.length === 0 || this.#secrets.some(({ length }) => length < SECRET_LENGTH))
      throw new TypeError(
        `The secret of createAutoRefresh needs at least ${SECRET_LENGTH} characters, the same on every node.`,
      );
  }

  sign(claims: RefreshClaims): string {
    const token = this.#signed(claims);
    if (token.length <= MAX_TOKEN_LENGTH) return token;
    const tables = [...new Set(claims.reads.map(({ table }) => table))];
    return this.#signed({ ...claims, reads: tables.map((table) => ({ table, equals: undefined })) }); // refreshes more often, and fits
  }

  /** Undefined where the token was not signed here. An expired one is returned. */
  verify(token: string): RefreshClaims | undefined {
    const [name, view, body, signature, ...more] = token.split(".");
    if (name === undefined || view === undefined || body === undefined || signature === undefined || more.length > 0)
      return undefined;
    const signed = `${name}.${view}.${body}`;
    if (!this.#secrets.some((secret) => isEqual(signature, signatureOf(signed, secret)))) return undefined;
    const { a, u, r, s, e } = BODY.parse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
    const reads = r.map(([table, column, value]) => ({
      table,
      equals: column === undefined ? undefined : { column, value },
    }));
    return { name, view, argsDigest: a, userId: u, reads, snapshot: Snapshot.parse(s), expiresAt: e };
  }

  #signed({ name, view, argsDigest, userId, reads, snapshot, expiresAt }: RefreshClaims): string {
    const read = reads.map(({ table, equals }) => (equals ? [table, equals.column, equals.value] : [table]));
    const body = JSON.stringify({ a: argsDigest, u: userId, r: read, s: snapshot.toString(), e: expiresAt });
    const signed = `${name}.${view}.${Buffer.from(body).toString("base64url")}`;
    return `${signed}.${signatureOf(signed, this.#secrets[0] ?? "")}`;
  }
}

const BODY = z.object({
  a: z.string(),
  u: z.string().nullable(),
  r: z.array(z.tuple([z.string(), z.string().optional(), z.json().optional()])),
  s: z.string(),
  e: z.number(),
});

function signatureOf(text: string, secret: string): string {
  return createHmac("sha256", secret).update(`auto-refresh ${text}`).digest("base64url"); // no other token of this secret is one of these
}

function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
