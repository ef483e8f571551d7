import { randomBytes } from "node:crypto";
import { RealtimeError, type Clock } from "@repo/core-realtime";
import { systemClock } from "@repo/core-realtime/server";
import { ClaimQuota } from "./claim-quota.js";
import { eventKey } from "./event-key.js";
import type { CommitResult, IStateMode, OpenedPage, PageAt, StateChange, PageEvent } from "./page-at.js";
import type { PageBinding } from "./page-claims.js";
import type { PageTokens } from "./page-tokens.js";
import { StateInStore } from "./state-in-store.js";
import { StateInToken } from "./state-in-token.js";
import type { IStateStore } from "./state-store.seam.js";

export interface PageStateOptions {
  readonly tokens: PageTokens;
  /** Keeps the states; without it a state travels in its page's token. */
  readonly store?: IStateStore | undefined;
  /** Lets actions run `once` where states travel in tokens. A `store` does it by itself. */
  readonly claims?: Pick<IStateStore, "claimOnce"> | undefined;
  readonly clock?: Pick<Clock, "monotonic">;
}

/**
 * The state of open pages between two requests: in the page's token, or in a store, with a token that names it.
 *
 * With a store, an event changes the state exactly once, however often it is sent. In the token, nothing is kept on the server: whoever has
 * a token may send it again until it expires, and gets the state that it carries; only `claim` with `once` prevents that.
 *
 * An action runs again where another event was faster. This is all that a caller does:
 *
 *     let page = await pages.restore(token, { page: "/boards/:id", userId, session });
 *     if (!page) return mountAnew();
 *     if (!(await pages.claim(page, { eventId, once }))) return show(page); // has run: show the newest
 *     for (;;) {
 *       const state = await action(page.state, input);
 *       const result = await pages.commit(page, { state, digest: digestOf(state), eventId });
 *       if (result.outcome === "gone") return mountAnew();
 *       if (result.outcome !== "conflict") return show(result.page); // committed, or repeated
 *       page = result.page; // the newest
 *     }
 */
export class PageState {
  readonly #tokens: PageTokens;
  readonly #mode: IStateMode;
  readonly #claims: Pick<IStateStore, "claimOnce"> | undefined;
  readonly #isStored: boolean;
  readonly #quota: ClaimQuota;

  constructor({ tokens, store, claims = store, clock = systemClock }: PageStateOptions) {
    this.#tokens = tokens;
    this.#mode = store ? new StateInStore(tokens, store) : new StateInToken(tokens);
    this.#claims = claims;
    this.#isStored = store !== undefined;
    this.#quota = new ClaimQuota(2 * tokens.ttlMs, clock);
  }

  open(page: OpenedPage): Promise<PageAt> {
    return this.#mode.open(page);
  }

  /**
   * The newest state of a page; undefined where the token is not ours, not of this page, user and session, or expired, and where the
   * state is gone: mount the page anew. Compare `claims.fingerprint` before you use the state: the page's schema may have changed.
   */
  async restore(token: unknown, binding: PageBinding): Promise<PageAt | undefined> {
    const claims = this.#tokens.read(token, binding);
    return claims && typeof token === "string" ? this.#mode.restore(token, claims) : undefined;
  }

  /**
   * Whether an event is to run; false where it has run. With `once` its action runs at most once: by the event's id where a store has the
   * state, and once for each version that a token carries otherwise. Call it before the action runs, and not again after a conflict.
   */
  async claim(
    { claims: { instance, version }, events }: PageAt,
    { eventId, once, claimer }: PageEvent,
  ): Promise<boolean> {
    if (eventId !== undefined && events.includes(eventKey(eventId))) return false;
    if (once === undefined) return true;
    const claims = this.#claims;
    if (!claims)
      throw new TypeError(`Action ${once} runs once, which needs a place to remember it: pass a store, or claims.`);
    if (this.#isStored && eventId === undefined)
      throw new RealtimeError("PAYLOAD_INVALID", { detail: `action ${once} runs once: send an event id` });
    const key = JSON.stringify([instance, once, this.#isStored ? eventId : version]);
    const claim = () => claims.claimOnce(key, 2 * this.#tokens.ttlMs); // longer than any token of this version
    return claimer ? this.#quota.take(claimer, claim) : claim();
  }

  /** Replaces the state that `page` has. Throws a `TypeError` where the state is no data, or too large; nothing is changed then. */
  commit(page: PageAt, change: StateChange): Promise<CommitResult> {
    return this.#mode.commit(page, change);
  }

  /** Prolongs a page that is open without events, for a connection to call now and then. Returns the same page until half of its time is over. */
  renew(page: PageAt): Promise<PageAt> {
    return this.#mode.renew(page);
  }

  /** The same page with a token of another session: of a visitor whose cookie was received meanwhile. */
  bind(page: PageAt, session: string): Promise<PageAt> {
    return this.#mode.bind(page, session);
  }

  /** Forgets the state. In a token it remains until that expires. */
  close(page: PageAt): Promise<void> {
    return this.#mode.close(page);
  }
}

/** A new identifier of an open page: 96 random bits, in letters, digits, `-` and `_`. */
export function newInstance(): string {
  return randomBytes(12).toString("base64url");
}
