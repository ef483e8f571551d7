import type { WireContent } from "../wire.js";
import { composition, postpone } from "./composition.js";
import { beginMerge, isField, keepsContent } from "./field-merge.js";
import { mergeOpen, setAttribute } from "./merge-attributes.js";
import { morphElement, moveNode, type MorphContext } from "./morph-element.js";
import { parseHtml } from "./parse-html.js";
import { escapeHtml, printContent, type TemplateTexts } from "./print-content.js";

/** What an operation is applied with. */
export interface OperationContext extends MorphContext {
  /** Texts of templates by their numbers. */
  readonly texts: TemplateTexts;
}

type Change = (target: Element, value: unknown, context: OperationContext) => unknown;

const CHANGES: Readonly<Record<string, Change>> = {
  delete: (target) => target.remove(),
  text(target, value, { seen }) {
    if (!keepsContent(target, () => parseHtml(escapeHtml(`${value}`)).innerHTML, seen)) target.textContent = `${value}`;
  },
  "@"(target, value) {
    for (const [name, text] of Object.entries(value as Record<string, string | null>))
      if (name === "open" && target.localName === "details") mergeOpen(target, text !== null);
      else setAttribute(target, name, text);
  },
  m: (target, value, context) => morphElement(target, nodesOf(value, target.parentElement, context), context),
  c(target, value, context) {
    const html = () => parseHtml(printContent(value as WireContent, context.texts)).innerHTML; // as the browser writes it
    if (!keepsContent(target, html, context.seen))
      morphElement(target, nodesOf(value, target, context), { ...context, isInner: true });
  },
  r: (target, value, context) => target.replaceWith(nodesOf(value, target.parentElement, context)),
  "+": (target, value, context) => target.append(nodesOf(value, target, context)),
  "^": (target, value, context) => target.prepend(nodesOf(value, target, context)),
  "<": (target, value, context) => target.before(nodesOf(value, target.parentElement, context)),
  ">": (target, value) => moveNode(target.parentNode as Node, target, value === null ? null : elementOf(value)),
};

const INNER = "text c + ^"; // kinds that change the children alone

/** Applies one operation; an unknown kind does nothing. Throws where the target or a template's text is missing. */
export function applyOperation(operation: readonly unknown[], context: OperationContext): void {
  const [kind, id, value] = operation.length < 3 ? [operation.length < 2 ? "delete" : "text", ...operation] : operation;
  const change = CHANGES[`${kind}`];
  if (!change) return;
  const target = elementOf(id);
  const place = INNER.includes(`${kind}`) ? target : target.parentElement;
  if (place?.closest("[data-live-ignore],[data-live-hook]")) return;
  const apply = () => {
    const field = (kind === "text" ? null : target.closest("select")) ?? target; // with each option, the browser changes what is chosen
    const end = isField(field) && beginMerge(field, context.seen);
    change(target, value, context);
    if (end) end();
  };
  if (target === composition.field && !/^[r>d]/.test(`${kind}`)) postpone(apply);
  else apply();
}

function elementOf(id: unknown): Element {
  const element = document.getElementById(`${id}`);
  if (!element) throw new Error(`No element #${id}.`);
  return element;
}

/** HTML as nodes; rows of tables and parts of drawings too. */
function nodesOf(content: unknown, within: Element | null, { texts }: OperationContext): DocumentFragment {
  const html = printContent(content as WireContent, texts);
  if (!within?.namespaceURI?.endsWith("svg")) return parseHtml(html).content;
  const { content: nodes } = parseHtml(`<svg>${html}</svg>`);
  nodes.replaceChildren(...(nodes.firstChild?.childNodes ?? []));
  return nodes;
}
