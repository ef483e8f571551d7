import type { TSESTree } from "@typescript-eslint/utils";

/** Takes `as const`, `satisfies …`, `!` and the like off an expression. */
export function bare(node: TSESTree.Node): TSESTree.Node {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
      return bare(node.expression);
    default:
      return node;
  }
}

/** The string that an expression is, as far as it is written out: a literal, or a template without expressions. */
export function staticString(node: TSESTree.Node | null | undefined): string | undefined {
  if (!node) return undefined;
  const plain = bare(node);
  if (plain.type === "Literal") return typeof plain.value === "string" ? plain.value : undefined;
  if (plain.type === "TemplateLiteral" && plain.expressions.length === 0)
    return plain.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}
