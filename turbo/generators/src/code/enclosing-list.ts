import { Visitor, type ArrayExpression, type ObjectExpression } from "oxc-parser";
import type { Source } from "./source.js";

/** The innermost array or object around `offset`. */
export function enclosingList({ program }: Source, offset: number): ArrayExpression | ObjectExpression | undefined {
  let found: ArrayExpression | ObjectExpression | undefined;
  const look = (node: ArrayExpression | ObjectExpression): void => {
    if (node.start < offset && offset < node.end) found = node; // parents come before their children
  };
  new Visitor({ ArrayExpression: look, ObjectExpression: look }).visit(program);
  return found;
}
