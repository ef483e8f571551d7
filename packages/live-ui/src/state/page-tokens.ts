import type { Clock } from "@repo/core-realtime";
import { systemClock } from "@repo/core-realtime/server";
import { claimsFrom, payloadOf, type NewPageClaims, type PageBinding, type PageClaims } from "./page-claims.js";
import { StateTooLarge } from "./state-too-large.js";
import { KEY_ID_LENGTH, MAC_LENGTH, TokenKey } from "./token-key.js";

/** How tokens are signed. */
export interface PageTokensOptions {
  /** At least 32 bytes, the same on every node. Of two, the first signs and both are accepted, while the first replaces the second. */
  readonly secrets: readonly string[];
  /** Hides params, digest and state from the browser's user by AES-256-GCM. Default false. */
  readonly encrypt?: boolean;
  /** How long a token is accepted; default 1 h. */
  readonly ttlMs?: number;
  /** The time; default: that of the system. */
  readonly clock?: Pick<Clock, "now">;
}

/** A token and its claims. */
export interface SignedPage {
  /** What the browser keeps. */
  readonly token: string;
  /** What it says. */
  readonly claims: PageClaims;
}

/** The longest token, in characters: it travels in headers and cookies. */
export const MAX_TOKEN_LENGTH = 4_096;

const MIN_SECRET_BYTES = 32;
const MAX_SECRETS = 2;
const DEFAULT_TTL_MS = 3_600_000;
const MIN_TTL_MS = 1_000; // times in a token are whole seconds
const TOKEN = new RegExp(`^v1\\.([\\w-]{${KEY_ID_LENGTH}})\\.([\\w-]+)\\.([\\w-]{${MAC_LENGTH}})$`);

/**
 * Signed tokens of open pages: `v1.<key id>.<payload>.<MAC>`, each part in base64url. The MAC is HMAC-SHA256 over the exact characters
 * before it, a domain prefix, and page, user and session. These three are not in the token, because its reader has them anyway: the
 * token is shorter, and one of another page, user or session does not verify. About 155 characters for a page whose state is one number.
 *
 * A token proves that the server signed this state for this viewer. It does not prove that the state is the newest: see `PageState`.
 */
export class PageTokens {
  readonly #keys: readonly TokenKey[];
  readonly #signing: TokenKey;
  readonly #ttlMs: number;
  readonly #clock: Pick<Clock, "now">;

  constructor({ secrets, encrypt = false, ttlMs = DEFAULT_TTL_MS, clock = systemClock }: PageTokensOptions) {
    checkSecrets(secrets);
    if (!(ttlMs >= MIN_TTL_MS && Number.isSafeInteger(ttlMs)))
      throw new TypeError(`ttlMs is ${ttlMs}; page tokens need whole milliseconds, ${MIN_TTL_MS} or more.`);
    this.#keys = secrets.map((secret) => new TokenKey(secret, encrypt));
    this.#signing = this.#keys[0] ?? noSecret();
    this.#ttlMs = ttlMs;
    this.#clock = clock;
  }

  /** How long a token is accepted, in milliseconds. */
  get ttlMs(): number {
    return this.#ttlMs;
  }

  /** Signs claims that are valid from now on. Throws a `TypeError` where the token would be longer than `MAX_TOKEN_LENGTH`. */
  sign(claims: NewPageClaims): string {
    return this.issue(claims).token;
  }

  /** Whether half of a token's time is over: a page that is still open needs a new one. */
  isDue({ issuedAt, expiresAt }: PageClaims): boolean {
    return this.#clock.now() >= (issuedAt + expiresAt) / 2;
  }

  /** `sign`, with the claims as they were signed. */
  issue(claims: NewPageClaims): SignedPage {
    const issuedAt = Math.floor(this.#clock.now() / 1000) * 1000;
    const expiresAt = issuedAt + Math.ceil(this.#ttlMs / 1000) * 1000;
    const signedClaims = { ...claims, issuedAt, expiresAt };
    const payload = this.#signing.seal(payloadOf(signedClaims));
    const signed = `v1.${this.#signing.id}.${payload.toString("base64url")}`;
    const token = `${signed}.${this.#signing.macOf(macInput(signed, claims))}`;
    if (token.length <= MAX_TOKEN_LENGTH) return { token, claims: signedClaims };
    throw new StateTooLarge(
      `The token of page ${claims.page} would be ${token.length} characters long; at most ${MAX_TOKEN_LENGTH} are sent. ` +
        `Keep the state in a store, such as new InMemoryStateStore(), or keep less in it and read the rest in load.`,
    );
  }

  /** The claims of a token; undefined where it was not signed here for this page, user and session, or has expired. Never throws. */
  read(token: unknown, binding: PageBinding): PageClaims | undefined {
    if (typeof token !== "string" || token.length > MAX_TOKEN_LENGTH) return undefined; // first: a long one costs nothing
    const [, keyId, payload, mac] = TOKEN.exec(token) ?? [];
    if (keyId === undefined || payload === undefined || mac === undefined) return undefined;
    const text = macInput(token.slice(0, -mac.length - 1), binding);
    const key = this.#keys.find((each) => each.id === keyId && each.accepts(mac, text));
    if (!key) return undefined;
    const claims = claimsIn(payload, key, binding);
    return claims && claims.expiresAt > this.#clock.now() ? claims : undefined;
  }
}

function checkSecrets(secrets: readonly string[]): void {
  if (secrets.length === 0) noSecret();
  if (secrets.length > MAX_SECRETS)
    throw new TypeError(
      `${secrets.length} secrets were passed; pass the one that signs, and the one that it replaces.`,
    );
  if (secrets.some((secret) => Buffer.byteLength(secret) < MIN_SECRET_BYTES))
    throw new TypeError(
      `A secret of page tokens needs at least ${MIN_SECRET_BYTES} bytes. Make one with: openssl rand -base64 32`,
    );
  if (new Set(secrets).size < secrets.length)
    throw new TypeError(
      "Both secrets of page tokens are equal. Pass a new one first, and the one that it replaces second.",
    );
}

function noSecret(): never {
  throw new TypeError("Page tokens need a secret. Make one with: openssl rand -base64 32");
}

/** Begins with a domain, so that no other MAC of this software is one of these. JSON of the three has no line break: no two inputs are equal. */
function macInput(signed: string, { page, userId, session }: PageBinding): string {
  return `live-ui page token\n${JSON.stringify([page, userId, session])}\n${signed}`;
}

function claimsIn(payload: string, key: TokenKey, binding: PageBinding): PageClaims | undefined {
  try {
    return claimsFrom(key.open(Buffer.from(payload, "base64url")), binding);
  } catch {
    return undefined; // signed with our key by other software: the MAC was right, the content is not ours
  }
}
