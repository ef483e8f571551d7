import { noteEdits } from "../events/note-edits.js";
import { beginMerge, noteCarried } from "../patch/field-merge.js";
import { force } from "../patch/force.js";
import { keepPeoplesState } from "./keep-state.js";

/** What is needed of htmx 4. */
export interface HtmxLike {
  /** Adds an extension by its name. */
  registerExtension(name: string, extension: object): unknown;
}

type Fetch = (url: string, request: LiveRequest) => Promise<Response>;

interface LiveRequest {
  readonly headers: Record<string, string>;
  readonly form?: HTMLFormElement | null;
}

/** A request of htmx, from its trigger to its swap. */
interface RequestContext {
  readonly request: LiveRequest;
  readonly response?: { readonly headers: Headers };
  fetch: Fetch;
  /** Its number on its page. */
  liveRef?: number;
  /** The ends of the merges of what is swapped without a morph. */
  liveEnds?: readonly (() => void)[];
}

interface Detail {
  readonly ctx: RequestContext;
  /** Before a swap: each part of it. */
  readonly tasks?: readonly { readonly target?: unknown }[];
}

/** A page on which htmx sends the requests. */
interface HtmxPage {
  count: number;
  /** The highest number with a reply. */
  seen: number;
  /** Ends when the last request has its reply, and with it the next one's token. */
  last: Promise<unknown>;
}

/**
 * Registers the extension `live`: requests from within a page carry its newest token, one after the other, and a morph keeps what users have
 * typed, selected and opened.
 * @example registerLive(htmx);
 */
export function registerLive(htmx: HtmxLike): void {
  const pages = new WeakMap<Element, HtmxPage>();
  const rootOf = (element: Element) => element.closest<HTMLElement>("[data-live]");
  const pageOf = (root: Element): HtmxPage => {
    const page = pages.get(root) ?? { count: 0, seen: 0, last: Promise.resolve() };
    pages.set(root, page);
    return page;
  };
  const { beforeMorphNode, endMorph } = keepPeoplesState((element) => {
    const root = rootOf(element);
    return root ? pageOf(root).seen : undefined;
  });

  noteEdits(new AbortController().signal);
  htmx.registerExtension("live", {
    htmx_before_request(element: Element, { ctx }: Detail) {
      const root = rootOf(element);
      if (!root) return;
      const page = pageOf(root);
      const { fetch, request } = ctx;
      const event = crypto.getRandomValues(new Uint32Array(4)).join("-"); // the request's identifier: with a store it runs once
      ctx.liveRef = ++page.count;
      noteCarried([...(request.form?.elements ?? [element])], ctx.liveRef);
      ctx.fetch = (url) => {
        if (new URL(url, location.href).origin !== location.origin) return fetch(url, request); // the token is this site's
        const reply = page.last.then(async () => {
          Object.assign(request.headers, {
            "Live-Token": root.dataset["liveToken"],
            "Live-Format": "htmx-4",
            "Live-Event": event,
          });
          const response = await fetch(url, request);
          root.dataset["liveToken"] = response.headers.get("Live-Token") ?? root.dataset["liveToken"];
          return response;
        });
        page.last = reply.catch(() => undefined); // htmx reports it
        return reply;
      };
    },
    htmx_before_swap(element: Element, { ctx, tasks = [] }: Detail) {
      const root = rootOf(element);
      const page = root && pageOf(root);
      if (!page) return;
      if (ctx.liveRef) page.seen = Math.max(page.seen, ctx.liveRef);
      const fields = tasks.flatMap(({ target }) => (target instanceof Element && mergedFieldOf(target)) || []);
      ctx.liveEnds = [...new Set(fields)].map((field) => beginMerge(field, page.seen));
    },
    htmx_before_morph_node: (_: Element, { oldNode, newNode }: { readonly oldNode: Node; readonly newNode: Node }) =>
      beforeMorphNode(oldNode, newNode),
    htmx_before_settle: endMorph,
    htmx_after_swap(element: Element, { ctx }: Detail) {
      ctx.liveEnds?.forEach((end) => end());
      const headers = ctx.response?.headers;
      const title = headers?.get("Live-Title");
      if (title) document.title = decodeURIComponent(title);
      const root = rootOf(element) ?? document.documentElement;
      for (const name of headers?.get("Live-Reset")?.split(" ") ?? []) force(root, decodeURIComponent(name));
    },
  });
}

/** The field whose value a swap of this element may change. */
function mergedFieldOf(target: Element): HTMLTextAreaElement | HTMLSelectElement | null {
  return target.closest("textarea,select");
}
