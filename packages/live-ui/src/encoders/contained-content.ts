import type { Content } from "../difference/operation.js";
import { markupTokens, type MarkupToken, type OpenTag } from "./markup-tokens.js";

/** Text that a client searches for in a reply as plain text, ignoring quotes, comments and fields. */
export interface ReservedMarkup {
  readonly client: string;
  readonly text: RegExp;
  /** An attribute that content must not have, because the client looks for it everywhere. */
  readonly attribute?: string;
}

const WITHIN_TEMPLATE =
  /<(?:\/?(?:template|hx-|head|body|html)|!|\?|plaintext|script|style|xmp|iframe|noembed|noframes)|hx-swap-oob/i;

/**
 * Content that stays between the tags around it. What a client would find in quoted text is written with entities;
 * what cannot be written otherwise, and what would end the element around it, is refused with a TypeError.
 */
export function containedContent(content: Content, html: string, reserved?: ReservedMarkup): string {
  if (typeof content !== "string" && !WITHIN_TEMPLATE.test(html)) return html; // a template has closed what it opens
  let written = "";
  let depth = 0;
  for (const token of markupTokens(html)) {
    if (token.kind === "unclosed")
      throw new TypeError(`${excerpt(html, token)} is not closed. Close it in the content of the operation.`);
    if (token.kind === "open" && token.name === "template") depth += 1;
    if (token.kind === "close" && token.name === "template") depth -= 1;
    if (depth < 0)
      throw new TypeError(`${excerpt(html, token)} has no start tag. Remove it from the content of the operation.`);
    written += reserved ? withoutReserved(html, token, reserved) : html.slice(token.start, token.end);
  }
  if (depth > 0) throw new TypeError("A <template> is not closed. Close it in the content of the operation.");
  return written;
}

function withoutReserved(html: string, token: MarkupToken, reserved: ReservedMarkup): string {
  const text = html.slice(token.start, token.end);
  if (
    token.kind === "open" &&
    token.attributes.some(({ name }) => name === reserved.attribute || name === `data-${reserved.attribute}`)
  ) {
    throw new TypeError(
      `${excerpt(html, token)} has ${reserved.attribute ?? ""}, which ${reserved.client} applies on its own. Remove it.`,
    );
  }
  if (!reserved.text.test(text)) return text;
  if (token.kind === "comment") return ""; // it is never read
  const rewritten = rewrite(html, token, text);
  if (!reserved.text.test(rewritten)) return rewritten;
  throw new TypeError(
    `${reserved.client} rewrites ${excerpt(html, token)} in every reply. Rename the element, or load the script or style from a file.`,
  );
}

/** The same markup for a parser, and none for a search of text. */
function rewrite(html: string, token: MarkupToken, text: string): string {
  if (token.kind === "escapable") return text.replaceAll("<", "&lt;");
  if (token.kind === "close") return text.replace(/^(<\/hx-[^\s/>]+)>/i, "$1 >");
  if (token.kind !== "open") return text;
  return withEscapedValues(html, token).replace(/^(<hx-[^\s/>]+)/i, "$1/ "); // "/ " before the attributes means nothing
}

function withEscapedValues(html: string, token: OpenTag): string {
  let written = "";
  let position = token.start;
  for (const { valueStart, valueEnd } of token.attributes) {
    written += html.slice(position, valueStart) + html.slice(valueStart, valueEnd).replaceAll("<", "&lt;");
    position = valueEnd;
  }
  return written + html.slice(position, token.end);
}

function excerpt(html: string, token: MarkupToken): string {
  return JSON.stringify(html.slice(token.start, Math.min(token.end, token.start + 60)));
}
