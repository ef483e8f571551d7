import { decodeState } from "./decode-state.js";
import { encodeState } from "./encode-state.js";
import { eventKey } from "./event-key.js";
import type { CommitResult, IStateMode, OpenedPage, PageAt, StateChange } from "./page-at.js";
import type { NewPageClaims, PageClaims } from "./page-claims.js";
import type { PageTokens, SignedPage } from "./page-tokens.js";
import type { IStateStore, StoredState } from "./state-store.seam.js";

/** How many events of a page are remembered. */
export const REMEMBERED_EVENTS = 64;

/**
 * States that a store keeps. The token names the page and its params, and remains the same until half of its time is over. Each change
 * compares the version, so that no event overwrites another's, and remembers the event with the state that it made, in one write.
 */
export class StateInStore implements IStateMode {
  readonly #tokens: PageTokens;
  readonly #store: IStateStore;

  constructor(tokens: PageTokens, store: IStateStore) {
    this.#tokens = tokens;
    this.#store = store;
  }

  async open({ state, ...page }: OpenedPage): Promise<PageAt> {
    const { fingerprint, digest, instance } = page;
    const record = { version: 0, fingerprint, state: encodeState(state), digest, events: [] };
    await this.#store.create(instance, record, this.#recordMs);
    return { ...this.#signed(page, record), state, events: [] };
  }

  async restore(token: string, claims: PageClaims): Promise<PageAt | undefined> {
    if (claims.state !== undefined) return undefined;
    const record = await this.#store.read(claims.instance);
    const decoded = record && decodeState(record.state);
    return record && decoded && { token, claims: at(claims, record), state: decoded.value, events: record.events };
  }

  async commit(page: PageAt, { state, digest, fingerprint, eventId }: StateChange): Promise<CommitResult> {
    const { token, claims, events } = page;
    const key = eventId === undefined ? undefined : eventKey(eventId);
    if (key !== undefined && events.includes(key)) return { outcome: "repeated", page };
    const record: StoredState = {
      version: claims.version + 1,
      fingerprint: fingerprint ?? claims.fingerprint,
      state: encodeState(state),
      digest,
      events: key === undefined ? events : [...events, key].slice(-REMEMBERED_EVENTS),
    };
    if (await this.#store.swap(claims.instance, claims.version, { record, ttlMs: this.#recordMs })) {
      const signed = this.#tokens.isDue(claims) ? this.#signed(claims, record) : { token, claims: at(claims, record) };
      return { outcome: "committed", page: { ...signed, state, events: record.events } };
    }
    const newest = await this.restore(token, claims);
    if (!newest) return { outcome: "gone" };
    return { outcome: key !== undefined && newest.events.includes(key) ? "repeated" : "conflict", page: newest };
  }

  async renew(page: PageAt): Promise<PageAt> {
    return this.#tokens.isDue(page.claims) ? this.#prolonged(page) : page;
  }

  bind(page: PageAt, session: string): Promise<PageAt> {
    return this.#prolonged({ ...page, claims: { ...page.claims, session } });
  }

  async #prolonged({ claims, state, events }: PageAt): Promise<PageAt> {
    const { version, fingerprint, digest } = claims;
    const record = { version, fingerprint, state: encodeState(state), digest, events };
    await this.#store.swap(claims.instance, version, { record, ttlMs: this.#recordMs }); // a faster event has prolonged it as well
    return { ...this.#signed(claims, record), state, events };
  }

  async close({ claims }: PageAt): Promise<void> {
    await this.#store.delete(claims.instance);
  }

  /** A record outlives every token that names it. */
  get #recordMs(): number {
    return this.#tokens.ttlMs + CLOCK_DIFFERENCE_MS;
  }

  /** Signs what does not change with the state: an equal token is sent to the browser only once. */
  #signed(claims: Omit<NewPageClaims, "version" | "state">, record: StoredState): SignedPage {
    const signed = this.#tokens.issue({ ...claims, fingerprint: "", version: 0, digest: undefined, state: undefined });
    return { token: signed.token, claims: at(signed.claims, record) };
  }
}

const CLOCK_DIFFERENCE_MS = 60_000;

function at(claims: PageClaims, { version, fingerprint, digest }: StoredState): PageClaims {
  return { ...claims, version, fingerprint, digest };
}
