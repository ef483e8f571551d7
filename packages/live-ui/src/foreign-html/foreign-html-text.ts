import { escapeForParser } from "../encoders/html-escape.js";
import { VOID_ELEMENTS } from "../encoders/markup-tokens.js";
import type { ForeignElement, ForeignNode, ForeignText } from "./foreign-tree.js";

const RAW = new Set(["script", "style", "iframe", "xmp", "noembed", "noframes"]);

/** The HTML of these nodes, in which every element is closed. */
export function foreignHtml(nodes: readonly ForeignNode[]): string {
  let html = "";
  const waiting: (ForeignNode | string)[] = nodes.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node === "string") html += node;
    else if (node.kind !== "element") html += textHtml(node);
    else {
      html += startTag(node);
      if (VOID_ELEMENTS.has(node.name)) continue;
      waiting.push(`</${node.name}>`);
      if (RAW.has(node.name)) html += node.children.map((child) => ("text" in child ? child.text : "")).join("");
      else waiting.push(...node.children.toReversed());
    }
  }
  return html;
}

function textHtml({ kind, text }: ForeignText): string {
  return kind === "text" ? escapeForParser(text) : `<!--${text.replaceAll(/--!?>|^-?>/g, "")}-->`;
}

function startTag({ name, attributes }: ForeignElement): string {
  return `<${name}${[...attributes].map(([attribute, value]) => ` ${attribute}="${escapeForParser(value)}"`).join("")}>`;
}
