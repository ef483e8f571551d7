export { VOID_ELEMENTS } from "../template/nesting-rules.js";
/** An attribute of a start tag; the positions of its value are those between the quotes. */
export interface MarkupAttribute {
  readonly name: string;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** A piece of HTML text: `start` and `end` are positions in it. */
export type MarkupToken =
  | { readonly kind: "text" | "comment" | "unclosed"; readonly start: number; readonly end: number }
  | { readonly kind: "close"; readonly name: string; readonly start: number; readonly end: number }
  | OpenTag
  /** The text of a textarea or title (`escapable`: entities count), or of a script, style and the like (`raw`). */
  | { readonly kind: "escapable" | "raw"; readonly start: number; readonly end: number };

export interface OpenTag {
  readonly kind: "open";
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly attributes: readonly MarkupAttribute[];
}

const ESCAPABLE = new Set(["textarea", "title"]);
const RAW = new Set(["script", "style", "xmp", "iframe", "noembed", "noframes"]);
const LETTER = /[a-z]/i;
const TAG_NAME = /[^\s/>]+/y;
const SPACE = /[\s/]*/y;
const ATTRIBUTE_NAME = /[^\s/>][^\s/>=]*/y;
const EQUALS = /\s*=\s*/y;
const UNQUOTED = /[^\s>]*/y;

/** HTML text in pieces, in one pass, as a browser's tokenizer divides it. It never throws: `unclosed` is the rest. */
export function* markupTokens(html: string): Generator<MarkupToken, undefined> {
  let position = 0;
  while (position < html.length) {
    const start = nextMarkup(html, position);
    if (start > position) yield { kind: "text", start: position, end: start };
    if (start === html.length) return;
    const token = markupAt(html, start);
    yield token;
    position = token.end;
    if (token.kind !== "open") continue;
    const kind = ESCAPABLE.has(token.name) ? "escapable" : RAW.has(token.name) ? "raw" : undefined;
    if (token.name === "plaintext") return yield { kind: "unclosed", start: position, end: html.length };
    if (!kind) continue;
    const end = closingTag(html, position, token.name);
    if (end === -1) return yield { kind: "unclosed", start: position, end: html.length };
    if (end > position) yield { kind, start: position, end };
    position = end;
  }
}

/** The start tag at this position, if there is a whole one. */
export function openTagAt(html: string, start: number): OpenTag | undefined {
  const token = html[start] === "<" && LETTER.test(html[start + 1] ?? "") ? tagAt(html, start, start + 1) : undefined;
  return token?.kind === "open" ? token : undefined;
}

function nextMarkup(html: string, from: number): number {
  for (let at = html.indexOf("<", from); at !== -1; at = html.indexOf("<", at + 1)) {
    const next = html[at + 1] ?? "";
    if (LETTER.test(next) || next === "!" || next === "?" || next === "/") return at;
  }
  return html.length;
}

function markupAt(html: string, start: number): MarkupToken {
  const next = html[start + 1] ?? "";
  if (next === "/") {
    if (LETTER.test(html[start + 2] ?? "")) return tagAt(html, start, start + 2);
    return upTo(html, start, html.indexOf(">", start) + 1);
  }
  if (LETTER.test(next)) return tagAt(html, start, start + 1);
  if (!html.startsWith("<!--", start)) return upTo(html, start, html.indexOf(">", start) + 1);
  const end = /^<!---?>/.exec(html.slice(start, start + 6));
  if (end) return { kind: "comment", start, end: start + end[0].length };
  const closing = /--!?>/g;
  closing.lastIndex = start + 4;
  return upTo(html, start, closing.test(html) ? closing.lastIndex : 0);
}

function upTo(html: string, start: number, end: number): MarkupToken {
  return end === 0 ? { kind: "unclosed", start, end: html.length } : { kind: "comment", start, end };
}

function tagAt(html: string, start: number, nameStart: number): MarkupToken {
  let position = skip(TAG_NAME, html, nameStart);
  const name = html.slice(nameStart, position).toLowerCase();
  const attributes: MarkupAttribute[] = [];
  for (;;) {
    position = skip(SPACE, html, position);
    if (position >= html.length) return { kind: "unclosed", start, end: html.length };
    if (html[position] === ">") break;
    const attributeStart = position;
    position = skip(ATTRIBUTE_NAME, html, position);
    const attribute = {
      name: html.slice(attributeStart, position).toLowerCase(),
      valueStart: position,
      valueEnd: position,
    };
    const equals = skip(EQUALS, html, position);
    if (equals > position) {
      const quote = html[equals];
      const quoted = quote === '"' || quote === "'";
      attribute.valueStart = quoted ? equals + 1 : equals;
      attribute.valueEnd = quoted ? html.indexOf(quote, equals + 1) : skip(UNQUOTED, html, equals);
      if (attribute.valueEnd === -1) return { kind: "unclosed", start, end: html.length };
      position = quoted ? attribute.valueEnd + 1 : attribute.valueEnd;
    }
    attributes.push(attribute);
  }
  const end = position + 1;
  return html[start + 1] === "/" ? { kind: "close", name, start, end } : { kind: "open", name, start, end, attributes };
}

function skip(pattern: RegExp, html: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(html) ? pattern.lastIndex : from;
}

function closingTag(html: string, from: number, name: string): number {
  const pattern = new RegExp(`</${name}(?=[\\s/>])`, "gi");
  pattern.lastIndex = from;
  return pattern.exec(html)?.index ?? -1;
}
