import type { Content, Operation } from "../difference/operation.js";
import { containedContent } from "./contained-content.js";
import type { EncodedPage } from "./encoded-page.js";
import { escapeForParser } from "./html-escape.js";
import {
  HX_RESERVED,
  hxPartialById,
  hxPartialElement,
  hxPlaceOf,
  parentSelector,
  type HxSwap4,
} from "./hx-partial-element.js";
import { foreignRootOf } from "./foreign-content.js";
import { openTagAt, VOID_ELEMENTS } from "./markup-tokens.js";
import { sentOperations, type ClientLimits } from "./sent-operations.js";

// htmx 4 looks for all targets first, and applies the partials then
const LIMITS: ClientLimits = { attributes: true, move: () => true, insertedTargets: false, drawings: true };

/** Operations as `<hx-partial>` elements for htmx 4, which morphs by itself. Send it as text/html. */
export function encodeHxPartials4(operations: readonly Operation[], page: EncodedPage): string {
  return sentOperations(operations, page, LIMITS)
    .map((operation) => partialOf(operation, page))
    .join("");
}

function partialOf(operation: Operation, page: EncodedPage): string {
  const { target } = operation;
  const root = foreignRootOf(operation, page);
  const partial = (swap: HxSwap4, content: Content) => {
    const html = containedContent(content, page.print(content), HX_RESERVED);
    if (root === undefined) return hxPartialById(target, swap, html);
    return hxPartialById(target, swap, `<${root}>${html}</${root}>`, " strip:true"); // htmx takes what is in it
  };
  switch (operation.kind) {
    case "text":
      return hxPartialById(target, "textContent", escapeForParser(operation.text));
    case "attributes":
      return partial("outerMorph", shell(target, page));
    case "morph":
      return partial("outerMorph", operation.content);
    case "content":
      return partial("innerMorph", operation.content);
    case "replace":
      return partial("outerHTML", operation.content);
    case "append":
      return partial("beforeend", operation.content);
    case "prepend":
      return partial("afterbegin", operation.content);
    case "before":
      return partial("beforebegin", operation.content);
    case "move":
      return operation.before === null
        ? hxPartialElement(parentSelector(target), "beforeend", hxPlaceOf(target))
        : hxPartialById(operation.before, "beforebegin", hxPlaceOf(target));
    case "delete":
      return hxPartialById(target, "delete", "");
  }
}

/** The element without its children, which a morph then leaves alone. */
function shell(id: string, page: EncodedPage): string {
  const startTag = page.startTag(id);
  const name = startTag === undefined ? undefined : openTagAt(startTag, 0)?.name;
  if (startTag === undefined || name === undefined)
    throw new TypeError(`The new page has no element #${id}. Encode operations with the page that they lead to.`);
  if (VOID_ELEMENTS.has(name)) return startTag;
  if (name === "textarea") return page.element(id)?.html ?? startTag; // htmx takes its text for its value, also of a shell
  return `${startTag.replace(/\/?>$/, "")} hx-morph-skip-children></${name}>`;
}
