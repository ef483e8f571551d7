import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { staticString } from "./static-string.ts";

/** One place where a file names another module: the words it uses and the statement or expression that says them. */
export interface ModuleReference {
  readonly specifier: string;
  readonly node: TSESTree.Node;
}

/** Visits every way that syntax has to reach a module whose name is written out. */
export function eachModuleReference(visit: (reference: ModuleReference) => void): TSESLint.RuleListener {
  const reach = (node: TSESTree.Node, source: TSESTree.Node | null | undefined): void => {
    const specifier = staticString(source);
    if (specifier !== undefined) visit({ specifier, node });
  };
  return {
    ImportDeclaration: (node) => reach(node, node.source), // import x from, import "x", import type
    ExportNamedDeclaration: (node) => reach(node, node.source), // export { x } from, export type { x } from
    ExportAllDeclaration: (node) => reach(node, node.source), // export * from
    ImportExpression: (node) => reach(node, node.source), // import("x"), import(`x`)
    TSImportType: (node) => reach(node, node.source), // let y: import("x").Y
    TSExternalModuleReference: (node) => reach(node.parent, node.expression), // import x = require("x")
    TSModuleDeclaration: (node) => reach(node, node.id), // declare module "x"
    CallExpression: (node) => {
      if (isLoader(node.callee)) reach(node, node.arguments[0]);
    },
  };
}

/** `require`, `require.resolve`, `module.require`, `import.meta.resolve`, `createRequire(…)` and its `.resolve`. */
function isLoader(callee: TSESTree.Node): boolean {
  if (callee.type === "Identifier") return callee.name === "require";
  if (callee.type === "CallExpression") return isNamed(callee.callee, "createRequire");
  if (callee.type !== "MemberExpression") return false;
  if (isNamed(callee.property, "require")) return isNamed(callee.object, "module");
  return isNamed(callee.property, "resolve") && (callee.object.type === "MetaProperty" || isLoader(callee.object));
}

function isNamed(node: TSESTree.Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}
