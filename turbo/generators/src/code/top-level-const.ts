import type { Expression } from "oxc-parser";
import type { Source } from "./source.js";
import type { Unit } from "./splice.js";

/** What a constant of the module is made of, without `as const`, `satisfies` and parentheses around it. */
export function topLevelConst({ program }: Source, name: string): Expression | undefined {
  for (const statement of program.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type !== "VariableDeclaration") continue;
    const found = declaration.declarations.find(({ id }) => id.type === "Identifier" && id.name === name);
    if (found?.init) return bare(found.init);
  }
  return undefined;
}

/** The statement of the module that `offset` is in. */
export function statementAt({ program }: Source, offset: number): Unit {
  return program.body.find(({ start, end }) => start <= offset && offset < end) ?? program;
}

/** An expression without the types and parentheses around it. */
export function bare(node: Expression): Expression {
  const isWrapper =
    node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression" || node.type === "ParenthesizedExpression";
  return isWrapper ? bare(node.expression) : node;
}
