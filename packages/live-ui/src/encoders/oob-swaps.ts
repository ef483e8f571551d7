import type { Operation } from "../difference/operation.js";
import type { EncodedPage } from "./encoded-page.js";
import { escapeForParser, idSelector } from "./html-escape.js";
import { parentSelector } from "./hx-partial-element.js";
import { htmx2Swap, HTMX_2_LIMITS, type Htmx2Swap } from "./hx-partials-2.js";
import { sentOperations } from "./sent-operations.js";

/**
 * Operations as out-of-band swaps for htmx 2 before 2.0.11. The element that sends the request needs
 * `hx-swap="none"`: htmx 2 empties its target otherwise. Send it as text/html.
 */
export function encodeOobSwaps(operations: readonly Operation[], page: EncodedPage): string {
  return sentOperations(operations, page, HTMX_2_LIMITS)
    .map((operation) => oobElement(htmx2Swap(operation, page)))
    .join("");
}

function oobElement({ swap, target, content }: Htmx2Swap): string {
  const selector = "id" in target ? idSelector(target.id) : parentSelector(target.parentOf);
  const attribute = ` hx-swap-oob="${swap}:${escapeForParser(selector)}"`;
  const root = /^\s*<([a-z][^\s/>]*)/i.exec(content);
  const name = root?.[1]?.toLowerCase() ?? "";
  if (swap === "outerHTML") {
    if (!root)
      throw new TypeError(`The content of ${selector} is not an element. Begin it with the element's start tag.`);
    const start = root[0].length;
    return inTemplate(name in AROUND, `${content.slice(0, start)}${attribute}${content.slice(start)}`);
  }
  const around = AROUND[name] ?? "div";
  return inTemplate(name in AROUND, `<${around}${attribute}>${content}</${around}>`);
}

/** The element in which a parser leaves a part of a table as it is. */
const AROUND: Readonly<Record<string, string>> = {
  tr: "tbody",
  td: "tr",
  th: "tr",
  tbody: "table",
  thead: "table",
  tfoot: "table",
  caption: "table",
  colgroup: "table",
  col: "colgroup",
};

function inTemplate(isNeeded: boolean, html: string): string {
  return isNeeded ? `<template>${html}</template>` : html;
}
