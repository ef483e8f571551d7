import type { Template, TextPlace } from "./template.js";
import type { TemplateResult } from "./template-result.js";

export const VOID_ELEMENTS: ReadonlySet<string> = names(
  "area base br col embed hr img input link meta param source track wbr",
);
/** Their text is not HTML: no slot. */
export const RAW_ELEMENTS: ReadonlySet<string> = names(
  "script style noscript iframe noembed noframes xmp plaintext listing",
);
/** Their text is text: no elements. */
export const TEXT_ELEMENTS: ReadonlySet<string> = names("textarea title");

/** A browser moves anything else out of them. */
const ONLY: Readonly<Record<string, ReadonlySet<string>>> = {
  table: names("caption colgroup thead tbody tfoot script style template"),
  thead: names("tr script style template"),
  tbody: names("tr script style template"),
  tfoot: names("tr script style template"),
  tr: names("td th script style template"),
  colgroup: names("col template"),
};
const INSTEAD: Readonly<Record<string, string>> = {
  tr: "<tbody>, <thead> or <tfoot>",
  td: "<tr>",
  th: "<tr>",
  col: "<colgroup>",
};
/** A start tag of one of them ends an open paragraph. */
const BLOCKS: ReadonlySet<string> = names(
  "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul",
);
/** They may not be inside themselves. */
const NOT_IN_ITSELF: ReadonlySet<string> = names("a button form nobr option optgroup select");
const ITEMS: ReadonlySet<string> = names("li dd dt");
/** Where a browser stops its search for an open item. */
const LISTS: ReadonlySet<string> = names(
  "ul ol menu dir dl table td th template section article aside nav main header footer form fieldset details figure blockquote button svg math select",
);
/** Where a browser stops its search for an open paragraph. */
const SCOPES: ReadonlySet<string> = names(
  "button caption table td th template object marquee applet foreignobject desc",
);
/** A table's parts mean nothing elsewhere: a browser drops their tags. */
const PARTS: ReadonlySet<string> = names("caption colgroup col thead tbody tfoot tr td th");

/** Why a browser would not build what is written: the open elements from the outermost, and the next tag. Undefined: it does. */
export function nestingRefusal(open: readonly string[], tag: string): string | undefined {
  const parent = open.at(-1);
  const allowed = parent === undefined ? undefined : ONLY[parent];
  if (allowed && !allowed.has(tag))
    return `<${tag}> directly inside <${parent}>: ${PARTS.has(tag) && INSTEAD[tag] ? `write it into ${INSTEAD[tag]}` : "write it into a cell"}`;
  if (parent !== undefined && !allowed && PARTS.has(tag) && parent !== "template")
    return `<${tag}> directly inside <${parent}>: write it into ${INSTEAD[tag] ?? "<table>"}`;
  if (BLOCKS.has(tag) && isInParagraph(open))
    return `<${tag}> inside <p>: a browser ends the paragraph before it. Use <div>`;
  if ((NOT_IN_ITSELF.has(tag) && open.includes(tag)) || endsItem(open, tag))
    return `<${tag}> inside <${tag}>: write them beside each other`;
  return undefined;
}

/** Whether a browser ignores the text between elements. A no-break space is visible. */
export function isBlank(text: string): boolean {
  return /^[\t\n\f\r ]*$/.test(text);
}

/** Whether text, but white space, may not stand directly inside the element. */
export function refusesText(parent: string | undefined): boolean {
  return parent !== undefined && Object.hasOwn(ONLY, parent);
}

export function textPlace(open: readonly string[]): TextPlace {
  const parent = open.at(-1);
  if (parent !== undefined && TEXT_ELEMENTS.has(parent)) return { kind: "text", tag: parent };
  const allowed = parent === undefined ? undefined : ONLY[parent];
  if (parent !== undefined && allowed) return { kind: "only", tag: parent, allowed };
  const matters = open.filter((tag) => tag === "p" || NOT_IN_ITSELF.has(tag));
  return matters.length > 0 && (matters.some((tag) => tag !== "p") || isInParagraph(open))
    ? { kind: "not", open }
    : { kind: "any" };
}

/** Throws where a browser would move the elements of a template out of the place of its slot. */
export function refuseMisplaced(result: TemplateResult, template: Template, place: TextPlace): void {
  if (place.kind === "text")
    throw new TypeError(`A template inside <${place.tag}>, which holds text alone. Give the slot a text.`);
  if (place.kind === "any" || ALLOWED.get(place)?.has(template)) return;
  const open = place.kind === "only" ? [place.tag] : place.open;
  const inner = template.elements.filter(({ tag }) => NOT_IN_ITSELF.has(tag)).map(({ tag }) => tag);
  for (const tag of new Set([...template.tags, ...(place.kind === "not" ? inner : [])])) {
    const refusal = nestingRefusal(open, tag);
    if (refusal !== undefined)
      throw new TypeError(`${refusal}. The template begins ${result.strings[0]?.trim().slice(0, 60)}`);
  }
  const allowed = ALLOWED.get(place) ?? new WeakSet();
  ALLOWED.set(place, allowed.add(template));
}

/** What was checked already. */
const ALLOWED = new WeakMap<TextPlace, WeakSet<Template>>();

/** Whether the start tag ends an open element of its kind: an item of a list, a heading. */
function endsItem(open: readonly string[], tag: string): boolean {
  if (/^h[1-6]$/.test(tag)) return /^h[1-6]$/.test(open.at(-1) ?? "");
  if (!ITEMS.has(tag)) return false;
  for (let at = open.length - 1; at >= 0; at -= 1) {
    const around = open[at] ?? "";
    if (around === tag || (tag !== "li" && around !== "li" && ITEMS.has(around))) return true;
    if (LISTS.has(around)) return false;
  }
  return false;
}

function isInParagraph(open: readonly string[]): boolean {
  for (let at = open.length - 1; at >= 0; at -= 1) {
    const tag = open[at] ?? "";
    if (tag === "p") return true;
    if (SCOPES.has(tag)) return false;
  }
  return false;
}

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
