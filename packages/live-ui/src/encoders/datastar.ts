import type { Content, Operation } from "../difference/operation.js";
import { containedContent, type ReservedMarkup } from "./contained-content.js";
import type { EncodedPage } from "./encoded-page.js";
import { escapeForParser, idSelector } from "./html-escape.js";
import { sentOperations, type ClientLimits } from "./sent-operations.js";

/** The content type of a response to Datastar. */
export const DATASTAR_CONTENT_TYPE = "text/event-stream";

type DatastarMode = "outer" | "inner" | "replace" | "prepend" | "append" | "before" | "remove";

const LIMITS: ClientLimits = { attributes: false, move: () => false, insertedTargets: true, drawings: false };

/** Datastar reads elements with one of these anywhere as a whole document. */
const RESERVED: ReservedMarkup = { client: "Datastar", text: /<\/(?:html|head|body)>/ };

/** Operations as server-sent events `datastar-patch-elements` for Datastar 1. Send it as `DATASTAR_CONTENT_TYPE`. */
export function encodeDatastar(operations: readonly Operation[], page: EncodedPage): string {
  return sentOperations(operations, page, LIMITS)
    .map((operation) => eventOf(operation, page))
    .join("");
}

function eventOf(operation: Operation, page: EncodedPage): string {
  const { target } = operation;
  const html = (content: Content) => containedContent(content, page.print(content), RESERVED);
  switch (operation.kind) {
    case "text":
      return event("inner", target, escapeForParser(operation.text));
    case "morph":
      return event("outer", target, html(operation.content));
    case "content":
      return event("inner", target, html(operation.content));
    case "replace":
    case "append":
    case "prepend":
    case "before":
      return event(operation.kind, target, html(operation.content));
    case "delete":
      return event("remove", target, "");
    case "attributes":
    case "move":
      throw new TypeError(`Datastar has no mode for ${operation.kind}. Pass the operations through sentOperations.`);
  }
}

function event(mode: DatastarMode, id: string, elements: string): string {
  const lines = [
    `selector ${idSelector(id)}`,
    ...(mode === "outer" ? [] : [`mode ${mode}`]), // outer is the default
    ...(mode === "remove" ? [] : elements.split(/\r\n?|\n/).map((line) => `elements ${line}`)),
  ];
  return `event: datastar-patch-elements\n${lines.map((line) => `data: ${line}\n`).join("")}\n`;
}
