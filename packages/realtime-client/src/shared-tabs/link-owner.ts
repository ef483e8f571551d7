/** The identity of a tab. */
export interface TabPerson {
  readonly url: string;
  readonly token: string | undefined;
  /** As the app names it. */
  readonly identity: string | undefined;
}

/** The identity that a real link belongs to; other tabs do not share it. */
export class LinkOwner {
  readonly #url: string;
  readonly #tokens: Set<string | undefined>;
  #identity: string | undefined;

  constructor({ url, token, identity }: TabPerson) {
    this.#url = url;
    this.#tokens = new Set([token]);
    this.#identity = identity;
  }

  is({ url, token, identity }: TabPerson): boolean {
    if (url !== this.#url || identity !== this.#identity) return false;
    return identity !== undefined || this.#tokens.has(token);
  }

  /** The server accepted this token for the same user. */
  learn(token: string | undefined): void {
    this.#tokens.add(token);
  }

  /** The server accepted this token for another user, whose identity the app has not named. */
  become(token: string | undefined): void {
    this.#tokens.clear();
    this.#tokens.add(token);
    this.#identity = undefined;
  }
}
