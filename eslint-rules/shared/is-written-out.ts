import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { bare, staticString } from "./static-string.ts";

type Scopes = Pick<TSESLint.SourceCode, "getScope">;

/** Whether a text is written out in this file: literals, what is put together from them, and constants that hold either. */
export function isWrittenOut(
  node: TSESTree.Node | undefined,
  scopes: Scopes,
  within: readonly TSESTree.Node[] = [], // what this is a part of: a constant that is made of itself is none
): boolean {
  if (!node || within.includes(node)) return false;
  const isMade = (part: TSESTree.Node | undefined) => isWrittenOut(part, scopes, [...within, node]);
  const plain = bare(node);
  switch (plain.type) {
    case "BinaryExpression":
      return plain.operator === "+" && isMade(plain.left) && isMade(plain.right);
    case "ConditionalExpression":
      return isMade(plain.consequent) && isMade(plain.alternate);
    case "TemplateLiteral":
      return plain.expressions.every(isMade);
    case "Identifier":
      return isMade(constantOf(plain, scopes));
    default:
      return staticString(plain) !== undefined;
  }
}

/** What a `const` of this file is made of. */
function constantOf(identifier: TSESTree.Identifier, scopes: Scopes): TSESTree.Node | undefined {
  let scope: TSESLint.Scope.Scope | null = scopes.getScope(identifier);
  while (scope && !scope.set.has(identifier.name)) scope = scope.upper;
  const definition = scope?.set.get(identifier.name)?.defs[0]?.node;
  if (definition?.type !== "VariableDeclarator" || definition.id.type !== "Identifier") return undefined;
  const { parent } = definition;
  const isConstant = parent.type === "VariableDeclaration" && parent.kind === "const";
  return isConstant ? (definition.init ?? undefined) : undefined;
}
