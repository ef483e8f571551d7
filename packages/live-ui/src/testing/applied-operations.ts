import type { Content, Operation } from "../difference/operation.js";
import { allNodes, parseForeignHtml, type ForeignElement, type ForeignNode } from "../foreign-html/foreign-tree.js";
import { foreignHtml } from "../foreign-html/foreign-html-text.js";

/** A tree to which operations are applied, as a browser finds and changes its elements. */
export class OperationTree {
  readonly #root: ForeignElement;
  readonly #removed = new Set<string>();

  constructor(html: string, root: string) {
    this.#root = parseForeignHtml(html);
    this.#root.attributes.set("id", root);
  }

  get html(): string {
    return foreignHtml(this.#root.children);
  }

  apply(operations: readonly Operation[]): void {
    this.#removed.clear();
    for (const operation of operations) this.#apply(operation);
  }

  #apply(operation: Operation): void {
    const [parent, element] = this.#find(operation.target);
    const at = parent.children.indexOf(element);
    switch (operation.kind) {
      case "text":
        return replaceAll(
          element.children,
          operation.text === "" ? [] : [{ kind: "text", text: operation.text, signature: 0 }],
        );
      case "attributes":
        for (const [name, value] of Object.entries(operation.set)) {
          if (value === null) element.attributes.delete(name);
          else element.attributes.set(name, value);
        }
        return;
      case "content":
        this.#remove(elementsIn(element).slice(1));
        return replaceAll(element.children, this.#parsed(operation.content));
      case "morph":
      case "replace":
        this.#remove(elementsIn(element));
        return void parent.children.splice(at, 1, ...this.#parsed(operation.content));
      case "append":
        return void element.children.push(...this.#parsed(operation.content));
      case "prepend":
        return void element.children.unshift(...this.#parsed(operation.content));
      case "before":
        return void parent.children.splice(at, 0, ...this.#parsed(operation.content));
      case "delete":
        return void parent.children.splice(at, 1);
      case "move": {
        parent.children.splice(at, 1);
        if (operation.before === null) return void parent.children.push(element);
        const [otherParent, before] = this.#find(operation.before);
        if (otherParent !== parent)
          throw new Error(`#${operation.before} has another parent than #${operation.target}`);
        return void parent.children.splice(parent.children.indexOf(before), 0, element);
      }
    }
  }

  #remove(elements: readonly ForeignElement[]): void {
    for (const { attributes } of elements) this.#removed.add(attributes.get("id") ?? "");
  }

  #parsed(content: Content): readonly ForeignNode[] {
    if (typeof content !== "string") throw new TypeError("The content of an operation on a tree is HTML.");
    return parseForeignHtml(content).children;
  }

  /** As getElementById: the first one, and none in a template. */
  #find(id: string): [ForeignElement, ForeignElement] {
    if (this.#removed.has(id)) throw new Error(`#${id} was sent by an operation before`);
    if (this.#root.attributes.get("id") === id) return [this.#root, this.#root];
    for (const node of allNodes(this.#root)) {
      if (node.kind !== "element" || node.name === "template") continue;
      const element = node.children.find((child) => child.kind === "element" && child.attributes.get("id") === id);
      if (element?.kind === "element") return [node, element];
    }
    throw new Error(`no element #${id}`);
  }
}

function elementsIn(root: ForeignElement): readonly ForeignElement[] {
  return [...allNodes(root)].filter((node) => node.kind === "element");
}

function replaceAll(children: ForeignNode[], nodes: readonly ForeignNode[]): void {
  children.splice(0, children.length, ...nodes);
}

/** HTML without what means nothing: the order of attributes, and the white space between rows that have keys, which operations leave as it is. */
export function comparableHtml(html: string): string {
  const root = parseForeignHtml(html);
  for (const element of elementsIn(root)) {
    const inner = element.children.filter((child) => child.kind !== "text" || /[^ \t\n\f]/.test(child.text));
    const isKeyed = (child: ForeignNode) =>
      child.kind === "element" && (child.attributes.has("id") || child.attributes.has("data-key"));
    if (element.name !== "pre" && inner.every(isKeyed)) replaceAll(element.children, inner);
    element.attributes.delete("");
    const sorted = [...element.attributes].sort(([one], [other]) => (one < other ? -1 : 1));
    element.attributes.clear();
    for (const [name, value] of sorted) element.attributes.set(name, value);
  }
  return foreignHtml(root.children);
}
