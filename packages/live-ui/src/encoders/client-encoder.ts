import type { Content, Operation } from "../difference/operation.js";
import type { ClientContent, ClientEntry } from "./client-entry.js";
import type { KnownTemplates } from "./known-templates.js";
import { printContent } from "./print-content.js";
import { TemplateReferences } from "./template-references.js";

/**
 * The operations as our own client reads them. With `templates` of its connection, contents refer to templates that the client has, and the
 * text of others is sent before their first use; without, contents are HTML.
 */
export function encodeForClient(
  operations: readonly Operation[],
  templates: KnownTemplates | undefined,
): readonly ClientEntry[] {
  const references = templates && new TemplateReferences(templates);
  const entries = operations.map((operation) => encode(operation, references));
  const texts = templates?.takeUnsent();
  return texts ? [{ s: texts }, ...entries] : entries;
}

const LETTERS = { morph: "m", content: "c", replace: "r", append: "+", prepend: "^", before: "<" } as const;

function encode(operation: Operation, references: TemplateReferences | undefined): ClientEntry {
  switch (operation.kind) {
    case "text":
      return [operation.target, operation.text];
    case "attributes":
      return ["@", operation.target, operation.set];
    case "delete":
      return [operation.target];
    case "move":
      return [">", operation.target, operation.before];
    default:
      return [LETTERS[operation.kind], operation.target, encodeContent(operation.content, references)];
  }
}

function encodeContent(content: Content, references: TemplateReferences | undefined): ClientContent {
  if (typeof content === "string") return content;
  return references?.content(content) ?? printContent(content);
}
