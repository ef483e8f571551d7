import type { Content } from "../difference/operation.js";
import type { ForeignRoot } from "./foreign-content.js";
import { escapeForParser } from "./html-escape.js";
import { markupTokens, openTagAt, VOID_ELEMENTS } from "./markup-tokens.js";

/** An element of the new page. */
export interface PageElement {
  /** The whole element. */
  readonly html: string;
  /** The id of the nearest ancestor that has one. */
  readonly parent: string | undefined;
  /** The drawing or formula of which the element is a part. */
  readonly context: ForeignRoot | undefined;
  /** The one of which its children are parts. */
  readonly inner: ForeignRoot | undefined;
}

/** What an encoder needs beside the operations: the new page, of which some clients must receive more than changed. */
export interface EncodedPage {
  /** The HTML of a content. */
  readonly print: (content: Content) => string;
  /** The id of the element of which the page is the content. */
  readonly root: string | undefined;
  /** The start tag of the element with this id. */
  startTag(id: string): string | undefined;
  /** The element with this id; undefined where there is none. */
  element(id: string): PageElement | undefined;
}

/** A page that has been printed already. It is parsed only where an element itself is requested, and once. */
export class PrintedPage implements EncodedPage {
  /** The HTML of a content. */
  readonly print: (content: Content) => string;
  readonly root: string | undefined;
  readonly #html: () => string;
  #printed: string | undefined;
  #elements: ReadonlyMap<string, PageElement> | undefined;

  constructor(html: () => string, print: (content: Content) => string, root?: string) {
    this.#html = html;
    this.print = print;
    this.root = root;
  }

  startTag(id: string): string | undefined {
    const html = this.#text();
    const needle = ` id="${escapeForParser(id)}"`;
    const at = html.indexOf(needle);
    if (at !== -1 && html.indexOf(needle, at + 1) === -1) {
      const start = html.lastIndexOf("<", at);
      const tag = start === -1 ? undefined : openTagAt(html, start);
      // a "<" inside an attribute would give names with quotes
      if (tag && tag.end > at && [tag, ...tag.attributes].every(({ name }) => !/["'<]/.test(name)))
        return html.slice(start, tag.end);
    }
    const element = this.element(id);
    return element?.html.slice(0, openTagAt(element.html, 0)?.end);
  }

  /** The element with this id; undefined where there is none. */
  element(id: string): PageElement | undefined {
    this.#elements ??= elementsById(this.#text(), this.root);
    return this.#elements.get(id);
  }

  #text(): string {
    this.#printed ??= this.#html();
    return this.#printed;
  }
}

interface OpenElement {
  readonly name: string;
  readonly id: string | undefined;
  readonly context: ForeignRoot | undefined;
  readonly inner: ForeignRoot | undefined;
  readonly start: number;
}

function elementsById(html: string, root: string | undefined): ReadonlyMap<string, PageElement> {
  const found = new Map<string, PageElement>();
  if (root !== undefined) found.set(root, { html, parent: undefined, context: undefined, inner: undefined });
  const open: OpenElement[] = [];
  const starts = new Map<string, number>();
  const close = ({ id, start, context, inner }: OpenElement, end: number) => {
    if (id === undefined || (starts.get(id) ?? Infinity) < start) return; // of several, the first: so no parent is inside of its child
    starts.set(id, start);
    const parent = open.findLast((around) => around.id !== undefined)?.id ?? root;
    found.set(id, { html: html.slice(start, end), parent, context, inner });
  };
  for (const token of markupTokens(html)) {
    if (token.kind === "open") {
      const attribute = token.attributes.find(({ name }) => name === "id");
      const id = attribute ? unescapeHtml(html.slice(attribute.valueStart, attribute.valueEnd)) : undefined;
      const context = open.at(-1)?.inner;
      const element = { name: token.name, id, start: token.start, context, inner: innerRoot(token.name, context) };
      if (VOID_ELEMENTS.has(token.name) || html[token.end - 2] === "/") close(element, token.end);
      else open.push(element);
    } else if (token.kind === "close") {
      const depth = open.findLastIndex(({ name }) => name === token.name);
      while (depth !== -1 && open.length > depth) {
        const element = open.pop();
        if (element) close(element, open.length === depth ? token.end : token.start);
      }
    }
  }
  for (let element = open.pop(); element; element = open.pop()) close(element, html.length);
  return found;
}

function innerRoot(name: string, context: ForeignRoot | undefined): ForeignRoot | undefined {
  if (name === "svg" || name === "math") return name;
  return name === "foreignobject" || name === "desc" || name === "title" ? undefined : context;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#13": "\r" };

/** The text that `escapeForParser` made this of. */
function unescapeHtml(html: string): string {
  return html.replace(/&(amp|lt|gt|quot|#39|#13);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}
