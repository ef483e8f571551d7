import { Parser } from "htmlparser2";

/** Text or a comment of HTML from elsewhere. */
export interface ForeignText {
  readonly kind: "text" | "comment";
  readonly text: string;
  signature: number;
}

export interface ForeignElement {
  readonly kind: "element";
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: ForeignNode[];
  /** How many elements are around it. */
  readonly depth: number;
  signature: number;
}

export type ForeignNode = ForeignText | ForeignElement;

/** Elements whose inside is no part of the document, or is text. */
const OPAQUE = new Set([
  "template",
  "noscript",
  "script",
  "style",
  "textarea",
  "title",
  "iframe",
  "xmp",
  "noembed",
  "noframes",
]);
const UNWRITABLE = /["'<>=/\s]/; // names of attributes that come from broken tags alone
const DEEPEST = 256; // elements in elements; a browser's parser stops at 512

/** Whether an element is compared and sent as one. */
export function isOpaque({ name, depth }: ForeignElement): boolean {
  return OPAQUE.has(name) || depth >= DEEPEST;
}

/** HTML as a tree, below a root without a name. Any text gives one: what is not closed ends with what is around it. */
export function parseForeignHtml(html: string): ForeignElement {
  const root: ForeignElement = {
    kind: "element",
    name: "",
    attributes: new Map(),
    children: [],
    depth: 0,
    signature: 0,
  };
  const open = [root];
  const add = (node: ForeignNode) => open.at(-1)?.children.push(node);
  const parser = new Parser({
    onopentag(name, attributes) {
      const element: ForeignElement = {
        kind: "element",
        name,
        attributes: new Map(Object.entries(attributes).filter(([key]) => !UNWRITABLE.test(key))),
        children: [],
        depth: open.length,
        signature: 0,
      };
      add(element);
      open.push(element);
    },
    onclosetag() {
      if (open.length > 1) open.pop();
    },
    ontext(text) {
      const siblings = open.at(-1)?.children;
      const last = siblings?.at(-1);
      if (last?.kind === "text") siblings?.pop();
      add({ kind: "text", text: (last?.kind === "text" ? last.text : "") + text, signature: 0 });
    },
    oncomment(text) {
      add({ kind: "comment", text, signature: 0 });
    },
  });
  parser.end(html.replaceAll("\0", "\uFFFD").replace(/\r\n?/g, "\n"));
  return root;
}

/** Numbers for subtrees: equal ones have the same. */
export class Signatures {
  readonly #numbers = new Map<string, number>();

  /** Numbers a tree and everything in it. */
  sign(root: ForeignElement): void {
    for (const node of [...allNodes(root)].reverse()) node.signature = this.#number(node); // the inner ones first
  }

  #number(node: ForeignNode): number {
    const text = node.kind === "element" ? elementText(node) : `${node.kind} ${node.text}`;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size + 1);
    return this.#numbers.size;
  }
}

function elementText({ name, attributes, children }: ForeignElement): string {
  const sorted = [...attributes].sort(([one], [other]) => (one < other ? -1 : 1));
  return `<${name} ${JSON.stringify(sorted)}>${children.map(({ signature }) => signature).join(",")}`;
}

/** All nodes of a tree, each before what is in it. */
export function* allNodes(root: ForeignElement): Generator<ForeignNode, undefined> {
  const waiting: ForeignNode[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node;
    if (node.kind === "element") for (const child of node.children.toReversed()) waiting.push(child);
  }
}
