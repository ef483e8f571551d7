import type { RealtimeUser } from "@repo/core-realtime";
import type { LivePage } from "../page/live-page.js";
import { parsedState, type PageStates } from "../page/page-states.js";
import { fingerprintOf } from "../state/fingerprint.js";
import type { PageAt } from "../state/page-at.js";
import type { PageBinding } from "../state/page-claims.js";
import { newInstance, type PageState } from "../state/page-state.js";
import { bindingOf, type Visitor } from "./visitor.js";

/** A saved page, and its states as the page's schema reads them. */
export interface SavedPage {
  readonly at: PageAt;
  readonly states: PageStates;
}

/** The result of saving a change. */
export interface SavedChange {
  /** Undefined where the state is gone: the page has to be opened anew. */
  readonly saved: SavedPage | undefined;
  /** Otherwise nothing was saved: another event was faster, or has done the same before. */
  readonly outcome: "committed" | "conflict" | "repeated" | "gone";
}

/** A page that is opened. */
export interface Opening {
  readonly raw: Readonly<Record<string, string>>;
  readonly instance: string;
  readonly user: RealtimeUser | null;
  readonly visitor: Visitor;
}

/** The client that shows a token. */
export type TokenBearer = Pick<Opening, "user" | "visitor">;

/** What a page shows. */
export interface ShownPage {
  readonly states: PageStates;
  readonly digest: string;
}

/** The states of open pages, in the form in which they are saved: `[page, parts]`. */
export class PageSaves {
  readonly state: PageState;
  readonly #fingerprints: ReadonlyMap<LivePage, string>;

  constructor(state: PageState, pages: readonly LivePage[]) {
    this.state = state;
    this.#fingerprints = new Map(pages.map((page) => [page, fingerprintOf(page.description.state)]));
  }

  newInstance(): string {
    return newInstance();
  }

  async open(
    page: LivePage,
    { raw, instance, user, visitor }: Opening,
    { states, digest }: ShownPage,
  ): Promise<SavedPage> {
    const fingerprint = this.#fingerprintOf(page);
    const binding = bindingOf(page, user, visitor);
    const at = await this.state.open({ ...binding, params: raw, fingerprint, instance, digest, state: textOf(states) });
    return { at, states };
  }

  /**
   * Undefined where the token is not one of this page and user, its state is gone, or does not fit the page any more. A visitor's first token
   * was made before the cookie was known: it is accepted, and the next one is bound to the visitor.
   */
  async restore(page: LivePage, token: string, { user, visitor }: TokenBearer): Promise<SavedPage | undefined> {
    const binding = bindingOf(page, user, visitor);
    const at = (await this.state.restore(token, binding)) ?? (await this.#bound(token, binding));
    return at && this.#read(page, at);
  }

  async #bound(token: string, binding: PageBinding): Promise<PageAt | undefined> {
    if (binding.userId !== null || binding.session === "") return undefined;
    const unbound = await this.state.restore(token, { ...binding, session: "" });
    return unbound && this.state.bind(unbound, binding.session);
  }

  /** The same page, or with a token that lives longer. */
  async renew({ at, states }: SavedPage): Promise<SavedPage> {
    return { at: await this.state.renew(at), states };
  }

  async commit(
    page: LivePage,
    { at }: SavedPage,
    { states, digest, eventId }: ShownPage & { readonly eventId: string | undefined },
  ): Promise<SavedChange> {
    const fingerprint = this.#fingerprintOf(page);
    const result = await this.state.commit(at, { state: textOf(states), digest, fingerprint, eventId });
    if (result.outcome === "gone") return { outcome: "gone", saved: undefined };
    if (result.outcome === "committed") return { outcome: "committed", saved: { at: result.page, states } };
    const saved = await this.#read(page, result.page);
    return { outcome: saved ? result.outcome : "gone", saved };
  }

  /** Read by the schema each time: it may be of an earlier version of the app. */
  async #read(page: LivePage, at: PageAt): Promise<SavedPage | undefined> {
    const { state: schema, migrate } = page.description;
    const [given, parts = {}] = Array.isArray(at.state) ? (at.state as [object?, Record<string, object>?]) : [];
    const isOld = at.claims.fingerprint !== this.#fingerprintOf(page);
    try {
      const state = await parsedState(schema, isOld && migrate ? migrate(given) : given);
      return { at, states: { page: state, parts } };
    } catch {
      return undefined; // a fresh mount is better than an error
    }
  }

  #fingerprintOf(page: LivePage): string {
    return this.#fingerprints.get(page) ?? "";
  }
}

function textOf({ page, parts }: PageStates): unknown {
  return Object.keys(parts).length === 0 ? [page] : [page, parts];
}
