import { createHash, timingSafeEqual } from "node:crypto";
import type { RealtimeHandshake } from "@repo/core-realtime";

/** Which cookies say who somebody is; by default all of them do. */
export type IdentityCookies = "all" | readonly string[];

/**
 * What a request shows of an identity, as a digest: the POSTs of a connection must show what its GET showed. So no POST is carried by
 * somebody else's sign-in, and gate 1 is not asked again for each.
 */
export class Credentials {
  readonly #digest: Buffer;

  constructor({ headers, token }: Pick<RealtimeHandshake, "headers" | "token">, cookies: IdentityCookies) {
    const shown = [token ?? null, headers.authorization ?? null, identityOf(headers.cookie, cookies)];
    this.#digest = createHash("sha256").update(JSON.stringify(shown)).digest();
  }

  equals(other: Credentials): boolean {
    return timingSafeEqual(this.#digest, other.#digest);
  }
}

function identityOf(header = "", names: IdentityCookies): readonly string[] {
  const cookies = header.split(";").map((cookie) => cookie.trim());
  const isMeant = (cookie: string) => names === "all" || names.includes(cookie.slice(0, cookie.indexOf("=")));
  return cookies.filter((cookie) => cookie !== "" && isMeant(cookie)).sort(); // browsers may change their order
}
