import type { TSESTree } from "@typescript-eslint/utils";

/** `withSpan(…)`, `withCapture(…)` and their like: what comes out is the handler that went in last, dressed. */
export function isWrapper({ callee }: TSESTree.CallExpression): boolean {
  return callee.type === "Identifier" && /^with[A-Z]/.test(callee.name);
}
