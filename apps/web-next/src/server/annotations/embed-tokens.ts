import { sealData, unsealData } from "iron-session";
import { z } from "zod";

const sealedEmbed = z.strictObject({ widgetId: z.int() });
const LIFETIME_S = 30 * 24 * 60 * 60; // a month, then the page that embeds needs another

/** Tokens that show one widget and nothing else, to whoever has them: for pages of another origin, which the session's cookie does not reach. */
export class EmbedTokens {
  readonly #password: string;

  constructor(secret: string) {
    this.#password = `embed ${secret}`; // another key than that of the sessions: no token can be taken for a cookie
  }

  seal(widgetId: number): Promise<string> {
    return sealData({ widgetId }, { password: this.#password, ttl: LIFETIME_S });
  }

  /** Which widget it shows; undefined where it is forged or has expired. */
  async open(token: string): Promise<number | undefined> {
    const data = await unsealData(token, { password: this.#password, ttl: LIFETIME_S }).catch(() => undefined); // not ours
    return sealedEmbed.safeParse(data).data?.widgetId;
  }
}
