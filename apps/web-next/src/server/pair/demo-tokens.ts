import { sealData, unsealData } from "iron-session";
import { z } from "zod";

const sealedIdentity = z.strictObject({ userId: z.string(), expiresAt: z.number() });
const LIFETIME_MS = 15 * 60 * 1_000; // the page's client asks for the next one before this one expires

/** Who a demo token stands for, and until when (ms since 1970). */
export type DemoIdentity = Readonly<z.infer<typeof sealedIdentity>>;

export interface DemoTokensDeps {
  readonly secret: string;
  /** Demo sign-in is on; otherwise no token opens, whoever sealed it. */
  readonly isOn: boolean;
  readonly now?: () => number;
}

/**
 * Tokens for the two people of the first page. A browser has one session cookie for all its tabs, so two people on one page cannot both have
 * theirs; each of the two clients sends a token in place of it. A token is sealed with a key of its own, lives for a quarter of an hour in
 * the memory of the page that asked for it, and is no cookie: no page and no server action takes it.
 */
export class DemoTokens {
  readonly #password: string;
  readonly #isOn: boolean;
  readonly #now: () => number;

  constructor({ secret, isOn, now = Date.now }: DemoTokensDeps) {
    this.#password = `demo ${secret}`; // another key than that of the sessions: no token can be taken for a cookie
    this.#isOn = isOn;
    this.#now = now;
  }

  seal(userId: string): Promise<string> {
    const identity: DemoIdentity = { userId, expiresAt: this.#now() + LIFETIME_MS };
    return sealData(identity, { password: this.#password, ttl: 0 }); // `expiresAt` is the one clock
  }

  /** Who it stands for; undefined where it is forged, has expired, or demo sign-in is off. */
  async open(token: string): Promise<DemoIdentity | undefined> {
    if (!this.#isOn) return undefined;
    const data = await unsealData(token, { password: this.#password, ttl: 0 }).catch(() => undefined); // not ours
    const identity = sealedIdentity.safeParse(data).data;
    return identity && identity.expiresAt > this.#now() ? identity : undefined;
  }
}
