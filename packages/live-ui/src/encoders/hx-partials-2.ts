import type { Content, Operation } from "../difference/operation.js";
import { containedContent } from "./contained-content.js";
import type { EncodedPage } from "./encoded-page.js";
import { escapeForParser, isPlainId } from "./html-escape.js";
import {
  HX_RESERVED,
  hxPartialById,
  hxPartialElement,
  hxPlaceOf,
  parentSelector,
  type HxSwap2,
} from "./hx-partial-element.js";
import { sentOperations, type ClientLimits } from "./sent-operations.js";

/** What htmx 2 cannot do: change attributes alone, and move an element whose id must be escaped in a selector. */
export const HTMX_2_LIMITS: ClientLimits = {
  attributes: false,
  move: ({ target }) => isPlainId(target),
  insertedTargets: true,
  drawings: false,
};

/** Where the content of an operation goes, in htmx 2. */
export interface Htmx2Swap {
  readonly swap: HxSwap2;
  /** The id of the target, or a selector of the parent of an element. */
  readonly target: { readonly id: string } | { readonly parentOf: string };
  readonly content: string;
}

/**
 * Operations as `<hx-partial>` elements for htmx 2.0.11 and later, which does not morph: an element that changes is
 * replaced, and what a visitor typed in it is lost. Send it as text/html.
 */
export function encodeHxPartials2(operations: readonly Operation[], page: EncodedPage): string {
  return sentOperations(operations, page, HTMX_2_LIMITS)
    .map((operation) => htmx2Swap(operation, page))
    .map(({ swap, target, content }) =>
      "id" in target
        ? hxPartialById(target.id, swap, content)
        : hxPartialElement(parentSelector(target.parentOf), swap, content),
    )
    .join("");
}

export function htmx2Swap(operation: Operation, page: EncodedPage): Htmx2Swap {
  const { target: id } = operation;
  const html = (content: Content) => containedContent(content, page.print(content), HX_RESERVED);
  switch (operation.kind) {
    case "text":
      return { swap: "innerHTML", target: { id }, content: escapeForParser(operation.text) };
    case "attributes":
      throw new TypeError(
        `htmx 2 cannot change the attributes of #${id} alone. Pass the operations through sentOperations.`,
      );
    case "morph":
    case "replace":
      return { swap: "outerHTML", target: { id }, content: html(operation.content) };
    case "content":
      return { swap: "innerHTML", target: { id }, content: html(operation.content) };
    case "append":
      return { swap: "beforeend", target: { id }, content: html(operation.content) };
    case "prepend":
      return { swap: "afterbegin", target: { id }, content: html(operation.content) };
    case "before":
      return { swap: "beforebegin", target: { id }, content: html(operation.content) };
    case "move":
      return operation.before === null
        ? { swap: "beforeend", target: { parentOf: id }, content: hxPlaceOf(id) }
        : { swap: "beforebegin", target: { id: operation.before }, content: hxPlaceOf(id) };
    case "delete":
      return { swap: "delete", target: { id }, content: "" };
  }
}
