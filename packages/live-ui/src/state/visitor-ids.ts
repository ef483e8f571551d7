import { randomBytes } from "node:crypto";
import { MAC_LENGTH, TokenKey } from "./token-key.js";

/** The identifier of an anonymous visitor's browser. */
export interface VisitorId {
  readonly id: string;
  /** `<id>.<MAC>`, as a cookie keeps it. */
  readonly signed: string;
}

const ID_BYTES = 16;
const SIGNED = new RegExp(`^([\\w-]{22})\\.([\\w-]{${MAC_LENGTH}})$`);

/** Signed identifiers of browsers: only this server can make one, so an id that comes back was given here. */
export class VisitorIds {
  readonly #keys: readonly TokenKey[];

  /** @param secrets Those of page tokens: the first signs. */
  constructor(secrets: readonly string[]) {
    this.#keys = secrets.map((secret) => new TokenKey(secret, false));
  }

  /** A new id, or this one as the first key signs it. */
  sign(id: string = randomBytes(ID_BYTES).toString("base64url")): VisitorId {
    return { id, signed: `${id}.${this.#keys[0]?.macOf(macInput(id)) ?? ""}` };
  }

  /** Undefined where the text was not signed here. */
  read(signed: string): string | undefined {
    const [, id, mac] = SIGNED.exec(signed) ?? [];
    if (id === undefined || mac === undefined) return undefined;
    return this.#keys.some((key) => key.accepts(mac, macInput(id))) ? id : undefined;
  }
}

/** Begins with a domain, so that it is no input of another MAC. */
function macInput(id: string): string {
  return `live-ui visitor\n${id}`;
}
