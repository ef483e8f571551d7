import { containedContent } from "../encoders/contained-content.js";
import { HX_RESERVED, HX_SWAPS, hxPartialElement, type HxSwap4 } from "../encoders/hx-partial-element.js";
import { htmlReply, safeHtml, type HtmlReplyOptions, type SafeHtml } from "./respond-html.js";

/** One change of a page by htmx: what `partial` returns. */
export class Partial {
  /** The `<hx-partial>` element, as it is sent. */
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/**
 * A change of the elements that a selector finds, as `<hx-partial>`. htmx 4 has every swap; htmx 2.0.11 none that
 * morphs, and not `textContent`. `delete` and `none` take no content.
 *
 * @example partial("#ledger", "beforeend", html`<tr><td>${entry.amount}</td></tr>`)
 */
export function partial(target: string, swap: Exclude<HxSwap4, "delete" | "none">, content: SafeHtml): Partial;
export function partial(target: string, swap: "delete" | "none"): Partial;
export function partial(target: string, swap: HxSwap4, content?: SafeHtml): Partial {
  if (!HX_SWAPS.includes(swap)) {
    const hint =
      String(swap) === "morph" ? `Write "outerMorph" or "innerMorph"` : `Write one of ${HX_SWAPS.join(", ")}`;
    throw new TypeError(`htmx has no swap "${String(swap)}". ${hint}.`);
  }
  const text = content === undefined ? "" : safeHtml(content);
  return new Partial(hxPartialElement(target, swap, containedContent(text, text, HX_RESERVED)));
}

/** A reply with several changes; the element that sent the request stays as it is. */
export function respondPartials(...partials: readonly Partial[]): Response {
  return partialsReply(partials, {});
}

/** The same with a status, such as 422, and headers. */
export function partialsReply(partials: readonly Partial[], options: HtmlReplyOptions): Response {
  return htmlReply(partials.map(({ html }) => html).join(""), options);
}
