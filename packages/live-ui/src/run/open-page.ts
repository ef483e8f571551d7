import { RealtimeError } from "@repo/core-realtime";
import type { Operation } from "../difference/operation.js";
import type { LivePage } from "../page/live-page.js";
import { checkAccess } from "./page-access.js";
import { mountedView, rootId } from "./mounted-view.js";
import type { PageChange } from "./page-change.js";
import { parsedState, type PageStates } from "../page/page-states.js";
import type { Viewer } from "./page-content.js";
import type { IPageReads } from "./page-reads.seam.js";
import type { PageSaves, SavedPage } from "./page-saves.js";
import { paramsOf, PageView } from "./page-view.js";
import { StateTooLarge } from "../state/state-too-large.js";
import { UNKNOWN_VISITOR, type Visitor } from "./visitor.js";
import { HasRun, type ActionCall, type ActionOutcome } from "./run-action.js";

/** An action that a client has sent. */
export interface ClientAction {
  readonly call: ActionCall;
  /** The client's id of it: with a store, it runs once. */
  readonly eventId: string | undefined;
}

/** What pages are opened with. */
export interface OpenPageDeps {
  readonly saves: PageSaves;
  readonly reads?: IPageReads | undefined;
}

/** The visitor of a page. */
type Visit = Omit<Viewer, "params"> & { readonly visitor?: Visitor };

const NOTHING_ELSE = { navigate: undefined, replaceUrl: undefined, reset: [] };
const MAX_RUNS = 8;
const GONE = "the page's state has expired; load the page again";

/** A page that a client has open: what it shows, and the state that it is saved with. */
export class OpenPage {
  readonly view: PageView;
  readonly #saves: PageSaves;
  #saved: SavedPage;

  private constructor(saves: PageSaves, view: PageView, saved: SavedPage) {
    this.#saves = saves;
    this.view = view;
    this.#saved = saved;
  }

  /** Opens a page anew; undefined where the URL does not fit its parameters. @throws RealtimeError where the viewer may not. */
  static async mount(
    { saves, reads }: OpenPageDeps,
    page: LivePage,
    {
      raw,
      query = {},
      user,
      signal,
      visitor = UNKNOWN_VISITOR,
    }: Visit & { readonly raw: PathValues; readonly query?: PathValues },
  ): Promise<OpenPage | undefined> {
    const instance = saves.newInstance();
    const view = await mountedView(page, { raw, query, user, signal, visitor, instance, reads });
    if (!view) return undefined;
    const shown = { states: view.content.states, digest: view.digest };
    const save = () => saves.open(page, { raw, instance, user, visitor }, shown);
    const isAsked = Object.keys(query).length > 0; // the state may hold any text
    return new OpenPage(saves, view, await (isAsked ? StateTooLarge.ofClient(save) : save()));
  }

  /**
   * The page of a token; undefined where the token is none of this page and this viewer, or its state is gone.
   * @throws RealtimeError where the viewer may not see it any more.
   */
  static async restore(
    { saves, reads }: OpenPageDeps,
    page: LivePage,
    {
      token,
      raw: wanted,
      user,
      signal,
      visitor = UNKNOWN_VISITOR,
    }: Visit & { readonly token: string; readonly raw?: PathValues },
  ): Promise<OpenPage | undefined> {
    const saved = await saves.restore(page, token, { user, visitor });
    if (!saved) return undefined;
    const { params: raw, instance } = saved.at.claims;
    if (wanted && !isSame(raw, wanted)) return undefined; // of the same page at another URL
    const params = await paramsOf(page, raw);
    if (params === undefined) return undefined;
    const viewer = { user, signal, params };
    await checkAccess(page, viewer);
    const view = await PageView.of({ page, root: rootId(instance), viewer, states: saved.states, reads, visitor });
    return new OpenPage(saves, view, saved);
  }

  get token(): string {
    return this.#saved.at.token;
  }

  get instance(): string {
    return this.#saved.at.claims.instance;
  }

  /** Whether the client that has the token shows what the server would show. */
  get isShown(): boolean {
    const { digest } = this.#saved.at.claims;
    return digest !== undefined && digest === this.view.digest;
  }

  /** All of the content, for a client that shows something else. */
  whole(): readonly Operation[] {
    const { root, content } = this.view;
    return [{ kind: "content", target: root, content: [{ result: content.result, path: root }] }];
  }

  /** Runs an action; where another one was faster, again on the state that it left. */
  async act({ call, eventId }: ClientAction): Promise<PageChange> {
    const { view } = this;
    const { state } = this.#saves;
    if (!(await state.claim(this.#saved.at, { eventId }))) return this.refresh(); // has run
    let claimed: Promise<boolean> | undefined; // one claim, however often the action runs on a newer state
    const claim = (once: string) => (claimed ??= state.claim(this.#saved.at, { eventId, once, claimer: view.claimer }));
    try {
      return await StateTooLarge.ofClient(() => this.#change((states) => view.run(states, call, claim), eventId));
    } catch (cause) {
      if (cause instanceof HasRun) return this.refresh();
      throw cause;
    }
  }

  /** Changes the state of the page or of a part, as an action does. */
  update(part: string, change: (state: object) => void): Promise<PageChange> {
    if (part !== "" && !this.view.content.parts.has(part)) return this.refresh(); // the component has gone meanwhile
    return this.#change(async (states) => {
      const state: object = structuredClone((part === "" ? states.page : states.parts[part]) ?? {});
      change(state);
      const after = await parsedState(this.view.stateSchema(part), state).catch((cause: unknown) => {
        throw new TypeError("A change by `update` left a state that does not fit its schema.", { cause });
      });
      const next = part === "" ? { ...states, page: after } : { ...states, parts: { ...states.parts, [part]: after } };
      return { states: next, ...NOTHING_ELSE };
    });
  }

  /** Prolongs the page where half of its time is over. */
  async renew(): Promise<PageChange> {
    const { token } = this;
    this.#saved = await this.#saves.renew(this.#saved);
    return { operations: [], title: undefined, token: this.token === token ? undefined : this.token, ...NOTHING_ELSE };
  }

  /** Loads and renders anew. */
  async refresh(): Promise<PageChange> {
    const content = await this.view.load(this.#saved.states);
    return { ...this.view.show(content), token: undefined, ...NOTHING_ELSE };
  }

  async #change(run: (states: PageStates) => Promise<ActionOutcome>, eventId?: string): Promise<PageChange> {
    const { view } = this;
    const { token } = this;
    for (let runs = 0; runs < MAX_RUNS; runs += 1) {
      const { states, navigate, replaceUrl, reset } = await run(this.#saved.states);
      const content = await view.load(states);
      const change = { states: content.states, digest: view.digestOf(content), eventId };
      const { saved, outcome } = await this.#saves.commit(view.page, this.#saved, change);
      if (!saved) throw new RealtimeError("PAYLOAD_INVALID", { detail: GONE });
      this.#saved = saved;
      if (outcome === "conflict") continue;
      const shown = view.show(outcome === "repeated" ? await view.load(saved.states) : content);
      return { ...shown, token: this.token === token ? undefined : this.token, navigate, replaceUrl, reset };
    }
    throw new RealtimeError("OVERLOADED", { detail: "the page is being changed by others all the time" });
  }
}

type PathValues = Readonly<Record<string, string>>;

function isSame(a: PathValues, b: PathValues): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
