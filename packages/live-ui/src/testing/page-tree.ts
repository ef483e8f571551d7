import { Parser } from "htmlparser2";
import type { Operation, Content } from "../difference/operation.js";
import { renderToString } from "../template/render-to-string.js";

interface PageNode {
  readonly tag: string;
  readonly attributes: Map<string, string>;
  readonly children: (PageNode | string)[];
  parent: PageNode | undefined;
}

/** The elements of a page, without a browser: enough to apply operations, and to compare with a fresh render. */
export class PageTree {
  readonly #root: PageNode;

  /** The page's HTML inside an element with the id `root`. */
  constructor(html: string, root: string) {
    this.#root = { tag: "div", attributes: new Map([["id", root]]), children: [], parent: undefined };
    this.#fill(this.#root, html);
  }

  apply(operation: Operation): void {
    const target = this.#find(operation.target);
    switch (operation.kind) {
      case "text":
        target.children.splice(0, Infinity, operation.text);
        return;
      case "attributes":
        for (const [name, value] of Object.entries(operation.set)) {
          if (value === null) target.attributes.delete(name.toLowerCase());
          else target.attributes.set(name.toLowerCase(), value);
        }
        return;
      case "content":
        target.children.length = 0;
        return this.#fill(target, htmlOfContent(operation.content));
      case "append":
        return this.#fill(target, htmlOfContent(operation.content));
      case "prepend":
        target.children.unshift(...parse(htmlOfContent(operation.content), target));
        return;
      case "morph":
      case "replace":
        return replace(target, parse(htmlOfContent(operation.content), target.parent));
      case "before":
        return insertBefore(target, parse(htmlOfContent(operation.content), target.parent));
      case "move": {
        const anchor = operation.before === null ? undefined : this.#find(operation.before);
        if (anchor && anchor.parent !== target.parent) throw new Error(`#${operation.target} moves to another parent.`);
        replace(target, []);
        if (anchor) insertBefore(anchor, [target]);
        else target.parent?.children.push(target);
        return;
      }
      case "delete":
        return replace(target, []);
    }
  }

  /** The page without invisible differences: white space between elements, the order of attributes. */
  toString(): string {
    return this.#root.children.map(print).join("");
  }

  #fill(node: PageNode, html: string): void {
    node.children.push(...parse(html, node));
  }

  #find(id: string): PageNode {
    const found = all(this.#root).filter(({ attributes }) => attributes.get("id") === id);
    const [node] = found;
    if (!node || found.length > 1) throw new Error(`${found.length} elements have the id ${id}.`);
    return node;
  }
}

function htmlOfContent(content: Content): string {
  if (typeof content === "string") return content;
  return content.map(({ result, path }) => renderToString(result, { root: path })).join("");
}

function parse(html: string, parent: PageNode | undefined): (PageNode | string)[] {
  const top: PageNode = { tag: "", attributes: new Map(), children: [], parent: undefined };
  let at = top;
  const parser = new Parser({
    onopentag: (tag, attributes) => {
      const node = {
        tag,
        attributes: new Map(Object.entries(attributes)),
        children: [],
        parent: at === top ? parent : at,
      };
      at.children.push(node);
      at = node;
    },
    ontext: (text) => {
      const isDropped =
        at.children.length === 0 && (at.tag === "pre" || at.tag === "textarea") && text.startsWith("\n");
      const last = at.children.at(-1);
      if (typeof last === "string") at.children[at.children.length - 1] = last + text;
      else at.children.push(isDropped ? text.slice(1) : text);
    },
    onclosetag: () => {
      at = at.parent && at.parent !== parent ? at.parent : top;
    },
  });
  parser.end(html);
  return top.children;
}

function replace(target: PageNode, nodes: readonly (PageNode | string)[]): void {
  const children = target.parent?.children ?? [];
  children.splice(children.indexOf(target), 1, ...nodes);
}

function insertBefore(target: PageNode, nodes: readonly (PageNode | string)[]): void {
  const children = target.parent?.children ?? [];
  children.splice(children.indexOf(target), 0, ...nodes);
}

function all(node: PageNode): readonly PageNode[] {
  return [node, ...node.children.flatMap((child) => (typeof child === "string" ? [] : all(child)))];
}

function print(node: PageNode | string, at: number, beside: readonly (PageNode | string)[]): string {
  if (typeof node === "string") {
    if (typeof beside[at - 1] === "string") return "";
    let text = node; // with the text nodes behind it
    for (let next = at + 1; typeof beside[next] === "string"; next += 1) text += String(beside[next]);
    return text.trim() === "" ? "" : `[${text}]`;
  }
  const attributes = [...node.attributes].sort().map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `<${node.tag}${attributes.join("")}>${node.children.map(print).join("")}</${node.tag}>\n`;
}
