import type { RealtimeUser } from "@repo/core-realtime";
import { html } from "../template/html.js";
import { TemplateList, TemplateResult, type Slot } from "../template/template-result.js";
import { componentsPlaced, PlacedComponent, type LiveComponent } from "../page/component.js";
import type { LivePage } from "../page/live-page.js";
import { parsedState, type PageStates } from "../page/page-states.js";

/** The user of a page, and the page. */
export interface Viewer {
  readonly params: unknown;
  readonly user: RealtimeUser | null;
  readonly signal: AbortSignal;
}

/** A component that the page shows. */
export interface ShownPart {
  readonly component: LiveComponent<unknown>;
  readonly props: unknown;
}

/** A page as it is shown. */
export interface PageContent {
  readonly result: TemplateResult;
  readonly title: string | undefined;
  /** With a state for each component that is shown, and for no other. */
  readonly states: PageStates;
  readonly parts: ReadonlyMap<string, ShownPart>;
}

const MAX_PARTS = 200;
const NO_STATES: PageStates["parts"] = Object.freeze({}); // shared: most pages have no components
const NO_PARTS: PageContent["parts"] = new Map();

/** Loads and renders a page and its components. */
export async function contentOf({ description }: LivePage, states: PageStates, viewer: Viewer): Promise<PageContent> {
  const context = { ...viewer, state: states.page };
  const data = await description.load?.(context);
  const before = componentsPlaced();
  const result = description.render({ ...context, data });
  const title = description.title?.({ ...context, data });
  if (componentsPlaced() === before)
    return { result, title, states: { page: states.page, parts: NO_STATES }, parts: NO_PARTS };
  const parts = new Parts(states, viewer, description.components);
  const filled = await parts.fill(result, "");
  return { result: filled, title, states: { page: states.page, parts: parts.states }, parts: parts.shown };
}

/** The components of one render. */
class Parts {
  readonly states: Record<string, object> = {};
  readonly shown = new Map<string, ShownPart>();
  readonly #before: PageStates;
  readonly #viewer: Viewer;
  readonly #listed: readonly LiveComponent<never>[];

  constructor(before: PageStates, viewer: Viewer, listed: readonly LiveComponent<never>[] = []) {
    this.#before = before;
    this.#viewer = viewer;
    this.#listed = listed;
  }

  /** The template with its components in place. */
  async fill(result: TemplateResult, path: string): Promise<TemplateResult> {
    if (result instanceof PlacedComponent) return this.#part(result, path);
    return new TemplateResult(result.strings, await this.#fillAll(result.values, path));
  }

  #fillAll(slots: readonly Slot[], path: string): Promise<Slot[]> {
    return Promise.all(slots.map((slot) => this.#fillSlot(slot, path)));
  }

  async #fillSlot(slot: Slot, path: string): Promise<Slot> {
    if (slot instanceof TemplateResult) return this.fill(slot, path);
    if (slot instanceof TemplateList)
      return new TemplateList(slot.keys, await Promise.all(slot.results.map((result) => this.fill(result, path))));
    return Array.isArray(slot) ? this.#fillAll(slot, path) : slot;
  }

  async #part({ component, props, key }: PlacedComponent, parent: string): Promise<TemplateResult> {
    const path = parent === "" ? key : `${parent}/${key}`;
    const { description, name } = component;
    if (this.shown.has(path)) throw new TypeError(`component("${name}"): two of them have the key "${key}".`);
    if (this.shown.size >= MAX_PARTS)
      throw new TypeError(`component("${name}"): a page has at most ${MAX_PARTS} components.`);
    if (component.once !== undefined && !this.#listed.includes(component))
      throw new TypeError(
        `component("${name}"): its action "${component.once}" runs once, which is checked at start-up: list it in the page's description, live("…", { components: [${name}] }).`,
      );
    this.shown.set(path, { component, props });
    const { user, signal } = this.#viewer;
    const first = () => parsedState(description.state, description.initialState?.({ props, user }) ?? {});
    const kept = Object.hasOwn(this.#before.parts, path) ? this.#before.parts[path] : undefined;
    const state = await (kept ? parsedState(description.state, kept).catch(first) : first()); // it may be of an earlier version
    this.states[path] = state;
    const context = { params: props, user, signal, state };
    const data = await description.load?.(context);
    const content = await this.fill(description.render({ ...context, data }), path);
    const { strings, values } = html`<div data-live-component="${path}">${content}</div>`;
    return new TemplateResult(strings, values, path);
  }
}
