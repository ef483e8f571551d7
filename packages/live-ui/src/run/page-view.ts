import { difference } from "../difference/difference.js";
import type { Operation } from "../difference/operation.js";
import { contentDigest } from "../template/content-digest.js";
import { renderToString, type RenderOptions } from "../template/render-to-string.js";
import type { Schema } from "@repo/core-realtime";
import type { LivePage, MountContext, StatefulPart } from "../page/live-page.js";
import { parsedState, type PageStates } from "../page/page-states.js";
import type { IPageReads } from "./page-reads.seam.js";
import { contentOf, type PageContent, type Viewer } from "./page-content.js";
import type { Claimer } from "../state/claim-quota.js";
import { claimerOf, UNKNOWN_VISITOR, type Visitor } from "./visitor.js";
import { runAction, type ActedPage, type ActionCall, type ActionOutcome } from "./run-action.js";

/** A page, its place and its viewer. */
export interface ViewedPage {
  readonly page: LivePage;
  /** The id of its root element. */
  readonly root: string;
  readonly viewer: Viewer;
  readonly reads: IPageReads | undefined;
  readonly visitor?: Visitor;
}

/** A page as it is shown, and when it would be another one. */
export interface ShownContent extends PageContent {
  readonly watch: ((onChange: () => void) => () => void) | undefined;
}

/** A page as one viewer sees it, and what changes when it is shown again. */
export class PageView {
  readonly page: LivePage;
  readonly root: string;
  #viewer: Viewer;
  readonly #reads: IPageReads | undefined;
  readonly #visitor: Visitor;
  #content: ShownContent;

  private constructor({ page, root, viewer, reads, visitor = UNKNOWN_VISITOR }: ViewedPage, content: ShownContent) {
    this.page = page;
    this.root = root;
    this.#viewer = viewer;
    this.#reads = reads;
    this.#visitor = visitor;
    this.#content = content;
  }

  /** The page with a state that there is already. */
  static async of(viewed: ViewedPage & { readonly states: PageStates }): Promise<PageView> {
    return new PageView(viewed, await loaded(viewed, viewed.states));
  }

  get content(): ShownContent {
    return this.#content;
  }

  get viewer(): Viewer {
    return this.#viewer;
  }

  /** The user or address whose claims are limited. */
  get claimer(): Claimer {
    return claimerOf(this.#viewer.user, this.#visitor);
  }

  /** What is shown, in few bytes: equal where the content is equal. */
  get digest(): string {
    return this.digestOf(this.#content);
  }

  digestOf({ result }: PageContent): string {
    return contentDigest(result, this.root);
  }

  html(options: Omit<RenderOptions, "root"> = {}): string {
    return renderToString(this.#content.result, { root: this.root, ...options });
  }

  /** Another user, or other rights, from the next action on. */
  setViewer(viewer: Viewer): void {
    this.#viewer = viewer;
  }

  /** The state's schema of a part; `""` is the page. */
  stateSchema(part: string): Schema {
    return this.#descriptionOf(part).state;
  }

  run(states: PageStates, call: ActionCall, claim: ActedPage["claim"]): Promise<ActionOutcome> {
    return runAction({ page: this.page, states, parts: this.#content.parts, claim }, call, this.#viewer);
  }

  /** Loads and renders; nothing is shown yet. */
  load(states: PageStates): Promise<ShownContent> {
    return loaded({ page: this.page, root: this.root, viewer: this.#viewer, reads: this.#reads }, states);
  }

  /** Shows this content; returns what changes, and the title where it is another one. */
  show(content: ShownContent): { readonly operations: readonly Operation[]; readonly title: string | undefined } {
    const before = this.#content;
    this.#content = content;
    const operations = difference(before.result, content.result, this.root);
    return { operations, title: content.title === before.title ? undefined : content.title };
  }

  #descriptionOf(part: string): StatefulPart {
    return this.#content.parts.get(part)?.component.description ?? this.page.description;
  }
}

async function loaded({ page, viewer, reads }: ViewedPage, states: PageStates): Promise<ShownContent> {
  if (!reads) return { ...(await contentOf(page, states, viewer)), watch: undefined };
  const { result, watch } = await reads.record(() => contentOf(page, states, viewer));
  return { ...result, watch };
}

/** The state of a page that is opened for the first time. */
export async function mountedStates(
  { description }: LivePage,
  viewer: Viewer & MountContext<unknown>,
): Promise<PageStates> {
  const given = (await description.mount?.(viewer)) ?? {};
  return { page: await parsedState(description.state, given), parts: {} };
}

/** The parameters of a URL as the page's schema reads them; undefined where they do not fit. */
export async function paramsOf({ description }: LivePage, raw: Readonly<Record<string, string>>): Promise<unknown> {
  if (!description.params) return raw;
  const result = await description.params["~standard"].validate(raw);
  return result.issues ? undefined : result.value;
}
