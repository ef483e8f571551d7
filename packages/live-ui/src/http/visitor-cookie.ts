import type { RealtimeHandshake } from "@repo/core-realtime";
import { VisitorIds } from "../state/visitor-ids.js";

const COOKIE = "fourgate-visitor";

/** The cookie that distinguishes the browsers of anonymous visitors. It lives as long as the browser's session. */
export class VisitorCookie {
  readonly #ids: VisitorIds;

  constructor(secrets: readonly string[]) {
    this.#ids = new VisitorIds(secrets);
  }

  /** The id that a request shows; undefined where it shows none of ours. */
  idOf({ headers: { cookie = "" } }: Pick<RealtimeHandshake, "headers">): string | undefined {
    return signedIn(cookie).reduce<string | undefined>((found, signed) => found ?? this.#ids.read(signed), undefined);
  }

  /** The `Set-Cookie` header that a request needs: a new id, or its own with the newest key. Undefined: it has that already. */
  headerFor({ headers: { cookie = "" } }: Pick<RealtimeHandshake, "headers">, isSecure: boolean): string | undefined {
    const { signed } = this.#ids.sign(this.idOf({ headers: { cookie } }));
    if (signedIn(cookie).includes(signed)) return undefined;
    return `${COOKIE}=${signed}; Path=/; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  }
}

/** Several of one name where another path or host has set one too. */
function signedIn(cookie: string): readonly string[] {
  return cookie
    .split(/;\s*/)
    .filter((pair) => pair.startsWith(`${COOKIE}=`))
    .map((pair) => pair.slice(COOKIE.length + 1));
}
