import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { staticString } from "./static-string.ts";

/** One place where a file names another module: the specifier, and the statement or expression that it is part of. */
export interface ModuleReference {
  readonly specifier: string;
  readonly node: TSESTree.Node;
  /** Whether it takes types alone, so that nothing is loaded when the file runs. */
  readonly isType: boolean;
}

/** Visits every way that syntax has to reach a module whose name is written out. */
export function eachModuleReference(visit: (reference: ModuleReference) => void): TSESLint.RuleListener {
  const reach = (node: TSESTree.Node, source: TSESTree.Node | null | undefined, isType = false): void => {
    const specifier = staticString(source);
    if (specifier !== undefined) visit({ specifier, node, isType });
  };
  return {
    ImportDeclaration: (node) => reach(node, node.source, isTypeImport(node)), // import x from, import "x", import type
    ExportNamedDeclaration: (node) => reach(node, node.source, isTypeExport(node)), // export { x } from, export type { x } from
    ExportAllDeclaration: (node) => reach(node, node.source, node.exportKind === "type"), // export * from
    ImportExpression: (node) => reach(node, node.source), // import("x"), import(`x`)
    TSImportType: (node) => reach(node, node.source, true), // let y: import("x").Y
    TSExternalModuleReference: (node) => reach(node.parent, node.expression, isTypeRequire(node.parent)), // import x = require("x")
    TSModuleDeclaration: (node) => reach(node, node.id, true), // declare module "x"
    CallExpression: (node) => {
      if (isLoader(node.callee)) reach(node, node.arguments[0]);
    },
  };
}

function isTypeImport({ importKind, specifiers }: TSESTree.ImportDeclaration): boolean {
  if (importKind === "type") return true;
  const isType = (one: TSESTree.ImportClause) => one.type === "ImportSpecifier" && one.importKind === "type";
  return specifiers.length > 0 && specifiers.every(isType);
}

function isTypeExport({ exportKind, specifiers }: TSESTree.ExportNamedDeclaration): boolean {
  if (exportKind === "type") return true;
  return specifiers.length > 0 && specifiers.every((one) => one.exportKind === "type");
}

function isTypeRequire(node: TSESTree.Node | undefined): boolean {
  return node?.type === "TSImportEqualsDeclaration" && node.importKind === "type";
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
