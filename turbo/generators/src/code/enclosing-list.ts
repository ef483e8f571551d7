import { Visitor, type ArrayExpression, type ObjectExpression, type TSTupleType } from "oxc-parser";
import type { Source } from "./source.js";

/** A list that an anchor may stand in: an array, an object, or a tuple of types. */
export type EnclosingList = ArrayExpression | ObjectExpression | TSTupleType;

/** The innermost list around `offset`. */
export function enclosingList({ program }: Source, offset: number): EnclosingList | undefined {
  let found: EnclosingList | undefined;
  const look = (node: EnclosingList): void => {
    if (node.start < offset && offset < node.end) found = node; // parents come before their children
  };
  new Visitor({ ArrayExpression: look, ObjectExpression: look, TSTupleType: look }).visit(program);
  return found;
}
