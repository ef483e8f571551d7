import { formOf } from "../template/template-form.js";
import type { TemplateResult } from "../template/template-result.js";
import type { Operation } from "./operation.js";
import { templateDifference } from "./template-difference.js";

/**
 * What turns the page that `before` printed into the one that `after` prints, inside the element with the id `root`. Always possible: at
 * worst the content of the root.
 */
export function difference(before: TemplateResult, after: TemplateResult, root: string): readonly Operation[] {
  const operations = templateDifference(before, after, root);
  if (operations) return deletesFirst(operations);
  formOf(after.strings); // a template that cannot be printed is refused here, as it is by renderToString
  return [{ kind: "content", target: root, content: [{ result: after, path: root }] }];
}

/** A row that moves to another list is deleted before it is added there: for a moment the page would have two elements with its id. */
function deletesFirst(operations: readonly Operation[]): readonly Operation[] {
  const deletes = operations.filter(({ kind }) => kind === "delete");
  if (deletes.length === 0) return operations;
  return [...deletes, ...operations.filter(({ kind }) => kind !== "delete")];
}
