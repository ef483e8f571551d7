import { createHash, timingSafeEqual } from "node:crypto";
import type { RealtimeHandshake } from "@repo/core-realtime";

/**
 * Which cookies a POST must share with the GET of its stream. `"authenticator"`: where they differ the authenticator is called once more
 * and has to find the same user and sign-in. `"all"`: every one of them. Names: those alone.
 */
export type IdentityCookies = "authenticator" | "all" | readonly string[];

/** What a request shows of an identity, as digests: they are kept for as long as the connection lives. */
export class Credentials {
  readonly #mode: IdentityCookies;
  readonly #token: Buffer;
  readonly #cookies: Buffer;

  constructor({ headers, token }: Pick<RealtimeHandshake, "headers" | "token">, mode: IdentityCookies) {
    this.#mode = mode;
    this.#token = digestOf([token ?? null, headers.authorization ?? null]);
    this.#cookies = digestOf(identityOf(headers.cookie, mode));
  }

  /** The same handshake's credentials read by the same rules. */
  of(handshake: Pick<RealtimeHandshake, "headers" | "token">): Credentials {
    return new Credentials(handshake, this.#mode);
  }

  /** `"unsure"`: only cookies differ, and no rule decides which of them count. */
  compare(other: Credentials): "equal" | "different" | "unsure" {
    if (!timingSafeEqual(this.#token, other.#token)) return "different";
    if (timingSafeEqual(this.#cookies, other.#cookies)) return "equal";
    return this.#mode === "authenticator" ? "unsure" : "different";
  }
}

function digestOf(shown: readonly unknown[]): Buffer {
  return createHash("sha256").update(JSON.stringify(shown)).digest();
}

function identityOf(header = "", mode: IdentityCookies): readonly string[] {
  const cookies = header.split(";").map((cookie) => cookie.trim());
  const isMeant = (cookie: string) => typeof mode === "string" || mode.includes(cookie.slice(0, cookie.indexOf("=")));
  return cookies.filter((cookie) => cookie !== "" && isMeant(cookie)).sort(); // browsers may change their order
}
