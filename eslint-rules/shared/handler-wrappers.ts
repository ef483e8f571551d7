import type { TSESTree } from "@typescript-eslint/utils";

/** `traced(…)`, `withSpan(…)`, `withCapture(…)` and their like: they return the handler that is their last argument, wrapped. */
export function isWrapper({ callee }: TSESTree.CallExpression): boolean {
  return callee.type === "Identifier" && /^(?:with[A-Z]|traced$)/.test(callee.name);
}
