import type { CallExpression, ImportDeclaration, ObjectPattern } from "oxc-parser";
import type { EnclosingList } from "./enclosing-list.js";
import { skipTrivia } from "./skip-trivia.js";
import type { Source } from "./source.js";

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A bracketed list in the code: the offsets of its brackets, and its entries. */
export interface ListSpan {
  readonly open: number;
  readonly close: number;
  readonly entries: readonly Span[];
}

/** The span of an array, an object, a tuple of types or a destructuring pattern. */
export function listSpan(source: Source, node: EnclosingList | ObjectPattern): ListSpan {
  return closed(source, node.start, entriesOf(node));
}

function entriesOf(node: EnclosingList | ObjectPattern): readonly Span[] {
  if (node.type === "ArrayExpression") return node.elements.filter((entry) => entry !== null);
  return node.type === "TSTupleType" ? node.elementTypes : node.properties;
}

/** The span of a call's arguments. */
export function argumentSpan(source: Source, { callee, arguments: entries }: CallExpression): ListSpan {
  return closed(source, skipTrivia(source, callee.end), entries);
}

/** The span of `{ … }` in an import that has at least one name in it. */
export function importSpan(source: Source, { specifiers }: ImportDeclaration): ListSpan | undefined {
  const entries = specifiers.filter(({ type }) => type === "ImportSpecifier");
  const [first] = entries;
  if (!first) return undefined;
  let open = first.start - 1;
  while (source.text.charAt(open) !== "{" || skipTrivia(source, open + 1) !== first.start) open -= 1;
  return closed(source, open, entries);
}

function closed(source: Source, open: number, entries: readonly Span[]): ListSpan {
  const close = skipTrivia(source, entries.at(-1)?.end ?? open + 1);
  return { open, close: source.text.charAt(close) === "," ? skipTrivia(source, close + 1) : close, entries };
}
