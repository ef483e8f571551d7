import type { TSESTree } from "@typescript-eslint/utils";
import { staticString } from "./static-string.ts";

/** What syntax knows of one property of an object literal: its value, that something may hide it, or that it is not there. */
export type StaticProperty =
  | { readonly kind: "written"; readonly value: TSESTree.Node }
  | { readonly kind: "hidden"; readonly by: TSESTree.Node }
  | { readonly kind: "absent" };

/** Reads a property of an object literal as the runtime would: the last word counts, and a spread may be that word. */
export function staticProperty(object: TSESTree.ObjectExpression, key: string): StaticProperty {
  let found: StaticProperty = { kind: "absent" };
  for (const property of object.properties) {
    if (property.type === "SpreadElement" || keyOf(property) === undefined) found = { kind: "hidden", by: property };
    else if (keyOf(property) === key) found = { kind: "written", value: property.value };
  }
  return found;
}

/** The name of a property, or undefined where it is computed from something that is not written out. */
export function keyOf({ key, computed }: TSESTree.Property): string | undefined {
  return !computed && key.type === "Identifier" ? key.name : staticString(key);
}
