import type { Content, Operation } from "../difference/operation.js";
import { containedContent } from "./contained-content.js";
import type { EncodedPage } from "./encoded-page.js";
import { escapeForParser } from "./html-escape.js";
import { sentOperations, type ClientLimits } from "./sent-operations.js";

/** The content type of a response to Turbo. */
export const TURBO_STREAM_CONTENT_TYPE = "text/vnd.turbo-stream.html; charset=utf-8";

// Turbo has no action for attributes and none that moves: it morphs the element, or its parent, which keeps their state
const LIMITS: ClientLimits = { attributes: false, move: () => false, insertedTargets: true, drawings: false };

/** Operations as `<turbo-stream>` elements for Turbo 8. Send it as `TURBO_STREAM_CONTENT_TYPE`. */
export function encodeTurboStreams(operations: readonly Operation[], page: EncodedPage): string {
  return sentOperations(operations, page, LIMITS)
    .map((operation) => streamOf(operation, page))
    .join("");
}

function streamOf(operation: Operation, page: EncodedPage): string {
  const { target } = operation;
  const html = (content: Content) => containedContent(content, page.print(content));
  switch (operation.kind) {
    case "text":
      return stream(`action="update"`, target, escapeForParser(operation.text));
    case "morph":
      return morphStream("replace", target, html(operation.content));
    case "content":
      return morphStream("update", target, html(operation.content));
    case "replace":
    case "append":
    case "prepend":
    case "before":
      return stream(`action="${operation.kind}"`, target, html(operation.content));
    case "delete":
      return `<turbo-stream action="remove" target="${escapeForParser(target)}"></turbo-stream>`;
    case "attributes":
    case "move":
      throw new TypeError(`Turbo has no action for ${operation.kind}. Pass the operations through sentOperations.`);
  }
}

// Turbo puts such an id into a selector as it is, and loses the element
const ID_THAT_FAILS = /\sid=(?:"[^"]*(?:&quot;|&#34;|\\)|'[^']*["\\])/i;

function morphStream(action: "replace" | "update", target: string, content: string): string {
  return stream(
    ID_THAT_FAILS.test(content) ? `action="${action}"` : `action="${action}" method="morph"`,
    target,
    content,
  );
}

function stream(action: string, target: string, content: string): string {
  return `<turbo-stream ${action} target="${escapeForParser(target)}"><template>${content}</template></turbo-stream>`;
}
