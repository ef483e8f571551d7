import type { LivePage } from "../page/live-page.js";
import { checkAccess } from "./page-access.js";
import type { Viewer } from "./page-content.js";
import type { IPageReads } from "./page-reads.seam.js";
import { mountedStates, paramsOf, PageView } from "./page-view.js";
import type { Visitor } from "./visitor.js";

/** The visitor of a page, and its URL. */
export interface Mounting extends Omit<Viewer, "params"> {
  /** The values of the path. */
  readonly raw: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly visitor: Visitor;
  readonly instance: string;
  readonly reads: IPageReads | undefined;
}

/** A page as it is first shown; nothing is saved. Undefined where the URL does not fit. @throws RealtimeError where the viewer may not. */
export async function mountedView(
  page: LivePage,
  { raw, query, user, signal, visitor, instance, reads }: Mounting,
): Promise<PageView | undefined> {
  const params = await paramsOf(page, raw);
  if (params === undefined) return undefined;
  const viewer = { user, signal, params };
  await checkAccess(page, viewer);
  const states = await mountedStates(page, { ...viewer, query });
  return PageView.of({ page, root: rootId(instance), viewer, states, reads, visitor });
}

/** Begins every automatic id of the page, so it is short: it only has to differ from the other pages in one document. */
export function rootId(instance: string): string {
  return `l${instance.slice(0, ROOT_LENGTH)}`;
}

const ROOT_LENGTH = 6;
