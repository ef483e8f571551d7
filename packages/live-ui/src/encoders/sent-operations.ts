import type { Content, Operation } from "../difference/operation.js";
import type { EncodedPage } from "./encoded-page.js";
import { foreignRootOf } from "./foreign-content.js";

/** What a client cannot do by itself; the element around it is sent instead. */
export interface ClientLimits {
  /** Whether attributes can change without the element. */
  readonly attributes: boolean;
  readonly move: (operation: Operation & { readonly kind: "move" }) => boolean;
  /** Whether an operation finds an element that an earlier one of the same reply has inserted. */
  readonly insertedTargets: boolean;
  /** Whether parts of a drawing can be sent without it. */
  readonly drawings: boolean;
}

/** The operations, with a morph of the whole element in place of what the client cannot do, and none inside of that. */
export function sentOperations(
  operations: readonly Operation[],
  page: EncodedPage,
  limits: ClientLimits,
): readonly Operation[] {
  const whole = wholeElements(operations, page, limits);
  if (whole.size === 0) return operations;
  const isSent = (id: string | undefined) => isWithin(id, whole, page);
  const isInSent = (id: string) => isSent(page.element(id)?.parent);
  const kept = operations.filter(({ kind, target }) => {
    if (kind === "delete") return true;
    return kind === "before" || kind === "move" ? !isInSent(target) : !isSent(target); // beside the target, or in it
  });
  const outermost = [...whole].filter((id) => !isInSent(id));
  return [
    ...kept.filter(({ kind }) => kind === "delete"), // first: an id may have gone elsewhere
    ...kept.filter(({ kind }) => kind !== "delete"),
    ...outermost.map((id): Operation => {
      return { kind: id === page.root ? "content" : "morph", target: id, content: elementHtml(id, page) };
    }),
  ];
}

function wholeElements(operations: readonly Operation[], page: EncodedPage, limits: ClientLimits): ReadonlySet<string> {
  const whole = new Set<string>();
  const inserted = new Set<string>();
  for (const operation of operations) {
    if (operation.kind === "attributes" && !limits.attributes) whole.add(operation.target);
    else if (operation.kind === "move" && !limits.move(operation)) whole.add(parentOf(operation.target, page));
    if (!limits.drawings && foreignRootOf(operation, page) !== undefined) whole.add(operation.target);
    if (limits.insertedTargets) continue;
    const around = lateTarget(operation, inserted, page);
    if (around !== undefined) whole.add(around);
    if ("content" in operation) for (const id of idsIn(operation.content, page)) inserted.add(id);
  }
  return limits.drawings ? whole : new Set([...whole].map((id) => outsideDrawings(id, page)));
}

function outsideDrawings(id: string, page: EncodedPage): string {
  let around = id;
  while (page.element(around)?.context !== undefined) around = parentOf(around, page);
  return around;
}

/** The nearest element of the old page around a target that is not there yet. */
function lateTarget(operation: Operation, inserted: ReadonlySet<string>, page: EncodedPage): string | undefined {
  const before = operation.kind === "move" ? operation.before : null;
  let id = before !== null && inserted.has(before) ? before : operation.target;
  if (!inserted.has(id) || operation.kind === "delete") return undefined;
  while (inserted.has(id)) id = parentOf(id, page);
  return id;
}

function idsIn(content: Content, page: EncodedPage): readonly string[] {
  return [...page.print(content).matchAll(/\sid="([^"]*)"/g)].map(([, id = ""]) => id);
}

function isWithin(id: string | undefined, whole: ReadonlySet<string>, page: EncodedPage): boolean {
  for (let around = id; around !== undefined; around = page.element(around)?.parent) {
    if (whole.has(around)) return true;
  }
  return false;
}

function parentOf(id: string, page: EncodedPage): string {
  const parent = page.element(id)?.parent;
  if (parent === undefined) throw new TypeError(`No element around #${id} has an id. Give one to its parent.`);
  return parent;
}

function elementHtml(id: string, page: EncodedPage): string {
  const element = page.element(id);
  if (!element)
    throw new TypeError(`The new page has no element #${id}. Encode operations with the page that they lead to.`);
  return element.html;
}
