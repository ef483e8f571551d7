/** How the lines of a page are written. */
export interface PageLinesOptions {
  /** htmx leaves classes and attributes of its own, which are no part of the page. */
  readonly isOfHtmx?: boolean;
}

const HTMX_ATTRIBUTES: ReadonlySet<string> = new Set(["data-htmx-powered", "hx-morph-skip-children"]);

/** The page as lines that are equal where the DOM is: elements with attributes and values, texts, comments. The root's id is left out of ids. */
export function pageLines(root: Element, { isOfHtmx = false }: PageLinesOptions = {}): readonly string[] {
  const lines: string[] = [];
  let text = "";

  const endText = (isExact: boolean) => {
    if (/[^ \t\n\f\r]/.test(text) || (isExact && text !== "")) lines.push(JSON.stringify(text));
    text = ""; // white space between rows is as it was
  };

  const print = (parent: Element, depth: number): void => {
    const isExact = /^(pre|textarea)$/.test(parent.localName);
    for (const node of parent.childNodes) {
      if (node instanceof CharacterData && node.nodeName === "#text") {
        text += node.data;
        continue;
      }
      endText(isExact);
      if (node.nodeName === "#comment") lines.push(`<!--${node.nodeValue}-->`);
      if (!isElement(node) || node.matches("input[type=hidden][name^=live-]")) continue; // for browsers without scripts
      lines.push(`${" ".repeat(depth)}<${nameOf(node)}${attributesOf(node)}>${valueOf(node)}`);
      print(node, depth + 1);
    }
    endText(isExact);
  };

  const attributesOf = (element: Element): string =>
    [...element.attributes]
      .map(({ name, value }) => [name, value.replaceAll(root.id, "")] as const)
      .map(([name, value]) => [name, isOfHtmx && name === "class" ? ownClasses(element) : value] as const)
      .filter(([name, value]) => !isOfHtmx || !(HTMX_ATTRIBUTES.has(name) || (name === "class" && value === "")))
      .map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
      .sort()
      .join("");

  print(root, 0);
  return lines;
}

/** A document that was parsed by another realm's parser has elements of the same classes; a node of none is no element. */
function isElement(node: Node): node is Element {
  return node.nodeType === Node.ELEMENT_NODE;
}

function nameOf({ namespaceURI, localName }: Element): string {
  return namespaceURI?.endsWith("xhtml") ? localName : `${namespaceURI} ${localName}`;
}

/** What a control shows, which is no attribute. */
function valueOf(element: Element): string {
  if (element instanceof HTMLInputElement) return ` shows ${JSON.stringify([element.value, element.checked])}`;
  if (element instanceof HTMLTextAreaElement) return ` shows ${JSON.stringify(element.value)}`;
  if (!(element instanceof HTMLSelectElement)) return "";
  if (!element.querySelector("[selected]")) return ""; // what a user sees stays
  return ` shows ${JSON.stringify([...element.selectedOptions].map(({ value, index }) => [index, value]))}`;
}

/** A class list that was changed once has each name once. */
function ownClasses({ classList }: Element): string {
  return [...classList].filter((name) => !/^htmx-/.test(name)).join(" ");
}
