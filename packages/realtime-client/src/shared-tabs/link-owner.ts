/** How a tab shows who it is. */
export interface TabPerson {
  readonly url: string;
  readonly token: string | undefined;
  /** As the app says it. */
  readonly identity: string | undefined;
}

/** Whose a real link is: nobody else is let in. */
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

  /** The server has taken this token for the same person. */
  learn(token: string | undefined): void {
    this.#tokens.add(token);
  }

  /** The server has taken this token for somebody else, whom no app has named. */
  become(token: string | undefined): void {
    this.#tokens.clear();
    this.#tokens.add(token);
    this.#identity = undefined;
  }
}
