import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { bare } from "./static-string.ts";

/** What makes channels → the property of its description that names them. */
const DEFINES: ReadonlyMap<string, string> = new Map([
  ["defineRealtimeChannel", "name"],
  ["defineEntityChannels", "entity"],
]);

/** One call that makes channels; the description is undefined where it is not an object written in place. */
export interface ChannelDefinition {
  readonly call: TSESTree.CallExpression;
  readonly description: TSESTree.ObjectExpression | undefined;
  /** The property that names the channels: `name`, or `entity`. */
  readonly naming: string;
}

/** Visits every `defineRealtimeChannel(…)` and `defineEntityChannels(…)` of a file, under an alias and through a namespace too. */
export function eachChannelDefinition(visit: (definition: ChannelDefinition) => void): TSESLint.RuleListener {
  let aliases: ReadonlyMap<string, string> = DEFINES;
  return {
    Program: ({ body }) => {
      aliases = new Map([...DEFINES, ...body.flatMap(aliasesIn)]);
    },
    CallExpression: (call) => {
      const naming = namingOf(call.callee, aliases);
      if (naming !== undefined) visit({ call, description: descriptionOf(call), naming });
    },
  };
}

function aliasesIn(statement: TSESTree.ProgramStatement): readonly (readonly [alias: string, naming: string])[] {
  if (statement.type !== "ImportDeclaration") return [];
  return statement.specifiers.flatMap((specifier) => {
    const imported = specifier.type === "ImportSpecifier" ? nameOf(specifier.imported) : undefined;
    const naming = DEFINES.get(imported ?? "");
    return naming === undefined ? [] : [[specifier.local.name, naming] as const];
  });
}

function namingOf(callee: TSESTree.Node, aliases: ReadonlyMap<string, string>): string | undefined {
  if (callee.type === "Identifier") return aliases.get(callee.name);
  if (callee.type !== "MemberExpression" || callee.computed) return undefined;
  return DEFINES.get(nameOf(callee.property) ?? "");
}

function nameOf(node: TSESTree.Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  return node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}

function descriptionOf({ arguments: [first] }: TSESTree.CallExpression): TSESTree.ObjectExpression | undefined {
  const description = first && bare(first);
  return description?.type === "ObjectExpression" ? description : undefined;
}
