import { longestIncreasing } from "../difference/longest-increasing.js";
import { isOpaque, type ForeignElement, type ForeignNode } from "./foreign-tree.js";

/** The ids that were added to elements without one: `<root>-n<number>`. */
export class AddedIds {
  readonly #prefix: string;
  #last = 0;

  constructor(root: string, ...trees: readonly ForeignElement[]) {
    this.#prefix = `${root}-n`;
    for (const tree of trees) this.#count(tree);
  }

  /** Gives every element of the new tree the added id of the element that it was, or one that no other has. */
  add(before: ForeignElement | undefined, after: ForeignElement): void {
    const waiting: (readonly [ForeignElement | undefined, ForeignElement])[] = [[before, after]];
    for (let pair = waiting.pop(); pair; pair = waiting.pop()) {
      const [old, element] = pair;
      if (element !== after && !element.attributes.has("id")) {
        element.attributes.set("id", (old && this.#own(old)) ?? `${this.#prefix}${(this.#last += 1)}`);
      }
      if (isOpaque(element)) continue;
      const matches = this.#matches(old?.children ?? [], element.children);
      for (const child of elements(element.children).toReversed()) waiting.push([matches.get(child), child]);
    }
  }

  #count(tree: ForeignElement): void {
    const waiting = [tree];
    for (let element = waiting.pop(); element; element = waiting.pop()) {
      const number = Number(this.#own(element)?.slice(this.#prefix.length) ?? 0);
      this.#last = Math.max(this.#last, number);
      waiting.push(...elements(element.children));
    }
  }

  /** The id of an element that was added to it. */
  #own(element: ForeignElement): string | undefined {
    const id = element.attributes.get("id");
    return id?.startsWith(this.#prefix) && /^\d{1,15}$/.test(id.slice(this.#prefix.length)) ? id : undefined;
  }

  /** Which old child a new one was: by its id or data-key, then by the same HTML, then by its name and order. */
  #matches(before: readonly ForeignNode[], after: readonly ForeignNode[]): ReadonlyMap<ForeignElement, ForeignElement> {
    const matches = new Map<ForeignElement, ForeignElement>();
    const taken = new Set<ForeignElement>();
    const match = (tagOf: (element: ForeignElement) => string | undefined, inOrder: boolean) => {
      const old = byTag(
        elements(before).filter((element) => !taken.has(element)),
        tagOf,
      );
      const found: (readonly [ForeignElement, ForeignElement])[] = [];
      for (const element of elements(after)) {
        const tag = matches.has(element) ? undefined : tagOf(element);
        const other = tag === undefined ? undefined : old.get(tag)?.shift();
        if (other) found.push([element, other]);
      }
      const places = new Map(elements(before).map((element, index) => [element, index]));
      const rising = longestIncreasing(found.map(([, other]) => places.get(other) ?? 0));
      for (const [index, [element, other]] of found.entries()) {
        if (inOrder && !rising.has(index)) continue;
        matches.set(element, other);
        taken.add(other);
      }
    };
    match((element) => this.#key(element), false);
    match((element) => (this.#key(element) === undefined ? contentTag(element) : undefined), true);
    match((element) => (this.#key(element) === undefined ? element.name : undefined), true);
    return matches;
  }

  #key(element: ForeignElement): string | undefined {
    const id = element.attributes.get("id");
    if (id !== undefined && this.#own(element) === undefined) return `#${id}`;
    const key = element.attributes.get("data-key");
    return key === undefined ? undefined : `=${element.name} ${key}`;
  }
}

function elements(nodes: readonly ForeignNode[]): readonly ForeignElement[] {
  return nodes.filter((node) => node.kind === "element");
}

/** The text of an element, without attributes: added ids stand among those of the old tree. */
function contentTag(element: ForeignElement): string | undefined {
  const texts = element.children.map((child) => (child.kind === "element" ? `<${child.name}>` : child.text));
  return `${element.name} ${texts.join("")}`;
}

function byTag(
  list: readonly ForeignElement[],
  tagOf: (element: ForeignElement) => string | undefined,
): Map<string, ForeignElement[]> {
  const found = new Map<string, ForeignElement[]>();
  for (const element of list) {
    const tag = tagOf(element);
    if (tag === undefined) continue;
    const others = found.get(tag);
    if (others) others.push(element);
    else found.set(tag, [element]);
  }
  return found;
}
