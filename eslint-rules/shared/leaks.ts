import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { isWrapper } from "./handler-wrappers.ts";

/**
 * Where a file hands an imported module on to those who import the file: every use of a name that stands in an export,
 * inside an exported value, or under an alias that is exported.
 */
export function leaksOf(
  reference: TSESTree.Node,
  sourceCode: Pick<TSESLint.SourceCode, "getDeclaredVariables">,
): readonly TSESTree.Node[] {
  const followed = new Set<TSESTree.Node>(); // two aliases may name each other
  return [...(isDeclaration(reference) ? usesOf(reference) : []), ...climb(reference)];

  function climb(use: TSESTree.Node): readonly TSESTree.Node[] {
    if (followed.has(use)) return [];
    followed.add(use);
    const aliases: TSESTree.Node[] = [];
    for (let at = use, from = use; ; from = at, at = at.parent) {
      if (isExport(at)) return [use, ...aliases];
      if (at.type === "VariableDeclarator") aliases.push(...usesOf(at));
      if (!at.parent || (at !== use && !passesOn(at, from))) return aliases;
    }
  }

  function usesOf(declaration: TSESTree.Node): readonly TSESTree.Node[] {
    const references = sourceCode.getDeclaredVariables(declaration).flatMap((variable) => variable.references);
    return references.filter((use) => use.isRead()).flatMap((use) => climb(use.identifier));
  }
}

function isDeclaration({ type }: TSESTree.Node): boolean {
  return type === "ImportDeclaration" || type === "TSImportEqualsDeclaration";
}

function isExport({ type }: TSESTree.Node): boolean {
  return /^Export|^TSExportAssignment$/.test(type);
}

/** Does a value that stands in this node come out of it? What a function does inside is its own affair. */
function passesOn(node: TSESTree.Node, from: TSESTree.Node): boolean {
  if (node.type === "CallExpression") return node.callee === from || isWrapper(node);
  return !/Function|^ClassBody$/.test(node.type);
}
