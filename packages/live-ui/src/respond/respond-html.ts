import { newInstance } from "../state/page-state.js";
import { renderToString } from "../template/render-to-string.js";
import { RawHtml, TemplateResult } from "../template/template-result.js";

/** HTML that a reply may hold: a template, or text that was marked with `raw`. Never a plain text, which may hold a visitor's. */
export type SafeHtml = TemplateResult | RawHtml;

/** What the response has beside its content. */
export interface HtmlReplyOptions {
  /** The HTTP status; default 200. */
  readonly status?: number;
  /** Further headers. */
  readonly headers?: ConstructorParameters<typeof Headers>[0];
}

/**
 * A reply with a part of a page, for a route handler: without a layout, and not to be stored.
 *
 * @example return respondHtml(html`<p class="error">The body is empty.</p>`, { status: 422 });
 */
export function respondHtml(content: SafeHtml, { status = 200, headers }: HtmlReplyOptions = {}): Response {
  return htmlReply(safeHtml(content), { status, ...(headers && { headers }) });
}

/** The text of a template or of marked HTML; throws on any other value, as code without types may pass. */
export function safeHtml(content: SafeHtml): string {
  if (content instanceof RawHtml) return content.text;
  if (content instanceof TemplateResult) return renderToString(content, { root: `h${newInstance()}` });
  throw new TypeError(
    "The content of a reply is no template. Write html`…`, or raw(text) where the text is HTML that you trust.",
  );
}

export function htmlReply(text: string, { status = 200, headers }: HtmlReplyOptions): Response {
  const all = new Headers(headers);
  all.set("content-type", "text/html; charset=utf-8");
  if (!all.has("cache-control")) all.set("cache-control", "no-store");
  return new Response(text, { status, headers: all });
}
