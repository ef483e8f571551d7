import { randomUUID } from "node:crypto";
import type { RealtimeError } from "@repo/core-realtime";
import { escapeHtml } from "../template/escape-html.js";
import { renderToString } from "../template/render-to-string.js";
import { raw } from "../template/html.js";
import type { OpenPage } from "../run/open-page.js";
import type { PageChange } from "../run/page-change.js";
import { headHtml, rootHtml, type PageLayout } from "./document.js";

/** How documents are made. */
export interface PageDocumentsOptions {
  readonly layout: PageLayout;
  /** Modules of the browser's side, by their URLs. */
  readonly scripts: readonly string[];
}

const COOKIE = "fourgate-live";
/** The parameter of a URL that names the instance of the page that a form has changed. */
export const INSTANCE = "live";
const COOKIE_AGE_S = 3_600;
const MAX_COOKIE = 3_800; // browsers drop cookies above 4 096 bytes, name and attributes included

/** Whole documents, and what browsers without JavaScript get. */
export class PageDocuments {
  readonly #layout: PageLayout;
  readonly #head: ReturnType<typeof headHtml>;

  constructor({ layout, scripts }: PageDocumentsOptions) {
    this.#layout = layout;
    this.#head = headHtml(scripts);
  }

  /** The root element, with the page in it. */
  root({ view, token, instance }: OpenPage, hidden = true): string {
    const hiddenFields = (action: string | undefined, _path: string, part: string | undefined) =>
      field("live-token", token) +
      field("live-event", randomUUID()) + // the form sent twice is one event
      (part === undefined ? "" : field("live-component", part)) +
      (action === undefined ? "" : field("live-action", action));
    return rootHtml({
      id: view.root,
      path: view.page.path.text,
      channel: view.page.path.channelOf(instance),
      token,
      content: view.html(hidden ? { hiddenFields } : {}),
    });
  }

  page(open: OpenPage, status = 200, notice?: RealtimeError): Response {
    const { title = open.view.page.path.text } = open.view.content;
    const alert = notice ? `<p role="alert" data-live-error="${notice.code}">${escapeHtml(notice.message)}</p>` : "";
    const content = raw(alert + this.root(open));
    return new Response(this.#document(title, content), { status, headers: PAGE_HEADERS });
  }

  /** What a GET would reply, but its body. */
  head(): Response {
    return new Response(null, { headers: PAGE_HEADERS });
  }

  /** After a form without JavaScript: back to the page by GET, which finds the new state by the cookie. */
  redirect(
    open: OpenPage,
    request: Request,
    { navigate, replaceUrl = "" }: Pick<PageChange, "navigate" | "replaceUrl">,
  ): Response {
    const { pathname: path } = new URL(request.url);
    const pathname = path.replaceAll(";", "%3B"); // would end the attribute of the cookie
    if (navigate !== undefined) return new Response(null, { status: 303, headers: { location: navigate } });
    const cookie = `${COOKIE}=${open.token}; Path=${pathname}; Max-Age=${COOKIE_AGE_S}; HttpOnly; SameSite=Lax${isSecure(request) ? "; Secure" : ""}`;
    if (cookie.length > MAX_COOKIE) return this.page(open); // reloading it would send the form again, which the browser confirms first
    const shown = new URL(replaceUrl, request.url); // "" keeps the query
    shown.searchParams.set(INSTANCE, open.instance);
    const location = `${pathname}${shown.search}`;
    return new Response(null, {
      status: 303,
      headers: { location, "set-cookie": cookie, "cache-control": "no-store" },
    });
  }

  /** The token that `redirect` has kept for this URL. */
  keptToken(request: Request): string | undefined {
    if (!new URL(request.url).searchParams.has(INSTANCE)) return undefined;
    const pairs = (request.headers.get("cookie") ?? "").split(/;\s*/);
    return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  }

  refused(status: number, sentence: string, headers: Readonly<Record<string, string>> = {}): Response {
    const content = raw(`<main><h1>${status}</h1><p>${escapeHtml(sentence)}</p></main>`);
    return new Response(this.#document(String(status), content), { status, headers: { ...PAGE_HEADERS, ...headers } });
  }

  #document(title: string, content: ReturnType<typeof raw>): string {
    return renderToString(this.#layout({ title, head: this.#head, content }), { root: "document" });
  }
}

const PAGE_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

/** Whether the browser's connection is encrypted, as far as this server or its proxy shows. */
export function isSecure({ url, headers }: Request): boolean {
  return new URL(url).protocol === "https:" || headers.get("x-forwarded-proto") === "https";
}

function field(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;
}
