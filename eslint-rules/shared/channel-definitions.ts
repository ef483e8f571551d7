import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { bare } from "./static-string.ts";

const DEFINE = "defineRealtimeChannel";

/** One call of `defineRealtimeChannel`; the description is undefined where it is not an object written in place. */
export interface ChannelDefinition {
  readonly call: TSESTree.CallExpression;
  readonly description: TSESTree.ObjectExpression | undefined;
}

/** Visits every `defineRealtimeChannel(…)` of a file, under an alias and through a namespace too. */
export function eachChannelDefinition(visit: (definition: ChannelDefinition) => void): TSESLint.RuleListener {
  let names: readonly string[] = [];
  return {
    Program: ({ body }) => {
      names = [DEFINE, ...body.flatMap(aliasesIn)];
    },
    CallExpression: (call) => {
      if (isDefine(call.callee, names)) visit({ call, description: descriptionOf(call) });
    },
  };
}

function aliasesIn(statement: TSESTree.ProgramStatement): readonly string[] {
  if (statement.type !== "ImportDeclaration") return [];
  return statement.specifiers.flatMap((specifier) =>
    specifier.type === "ImportSpecifier" && nameOf(specifier.imported) === DEFINE ? [specifier.local.name] : [],
  );
}

function isDefine(callee: TSESTree.Node, names: readonly string[]): boolean {
  if (callee.type === "Identifier") return names.includes(callee.name);
  return callee.type === "MemberExpression" && !callee.computed && nameOf(callee.property) === DEFINE;
}

function nameOf(node: TSESTree.Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  return node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}

function descriptionOf({ arguments: [first] }: TSESTree.CallExpression): TSESTree.ObjectExpression | undefined {
  const description = first && bare(first);
  return description?.type === "ObjectExpression" ? description : undefined;
}
