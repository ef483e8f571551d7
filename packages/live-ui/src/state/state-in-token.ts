import { decodeState } from "./decode-state.js";
import { encodeState } from "./encode-state.js";
import type { CommitResult, IStateMode, OpenedPage, PageAt, StateChange } from "./page-at.js";
import type { NewPageClaims, PageClaims } from "./page-claims.js";
import type { PageTokens } from "./page-tokens.js";

/** States that travel in the page's token. The server keeps nothing, so it has no newer version and no earlier event to compare with. */
export class StateInToken implements IStateMode {
  readonly #tokens: PageTokens;

  constructor(tokens: PageTokens) {
    this.#tokens = tokens;
  }

  async open({ state, ...page }: OpenedPage): Promise<PageAt> {
    return this.#signed({ ...page, version: 0, state: encodeState(state) }, state);
  }

  async restore(token: string, claims: PageClaims): Promise<PageAt | undefined> {
    const decoded = claims.state === undefined ? undefined : decodeState(claims.state);
    return decoded && { token, claims, state: decoded.value, events: [] };
  }

  async commit({ claims }: PageAt, { state, digest, fingerprint }: StateChange): Promise<CommitResult> {
    const next = {
      ...claims,
      version: claims.version + 1,
      fingerprint: fingerprint ?? claims.fingerprint,
      digest,
      state: encodeState(state),
    };
    return { outcome: "committed", page: this.#signed(next, state) };
  }

  async renew(page: PageAt): Promise<PageAt> {
    return this.#tokens.isDue(page.claims) ? this.#signed(page.claims, page.state) : page;
  }

  async bind({ claims, state }: PageAt, session: string): Promise<PageAt> {
    return this.#signed({ ...claims, session }, state);
  }

  async close(): Promise<void> {
    // nothing is kept here
  }

  #signed(claims: NewPageClaims, state: unknown): PageAt {
    return { ...this.#tokens.issue(claims), state, events: [] };
  }
}
