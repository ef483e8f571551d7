import type { ParamPattern } from "oxc-parser";
import type { Source } from "../code/source.js";
import type { Unit } from "../code/splice.js";
import { Refusal } from "../refusal.js";

/** A feature's bind function: its context, and its head, from `export` to the brace. */
export interface BindFunction {
  readonly context: Extract<ParamPattern, { readonly type: "Identifier" | "ObjectPattern" }>;
  readonly unit: Unit;
}

/** Finds it; its context must be taken apart, or not used at all: one that is used by its name would lose it. */
export function bindFunction({ program, path }: Source): BindFunction {
  const found: BindFunction[] = [];
  for (const statement of program.body) {
    const fn = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (fn?.type !== "FunctionDeclaration" || !fn.body) continue;
    const unit: Unit = { start: statement.start, end: fn.body.start, closing: "{}" };
    for (const context of fn.params) if (isContext(context)) found.push({ context, unit });
  }
  const [bind] = found;
  const isUnused = bind?.context.type === "Identifier" && bind.context.name.startsWith("_");
  if (bind && found.length === 1 && (isUnused || bind.context.type === "ObjectPattern")) return bind;
  throw new Refusal(
    `${path} needs one function that takes its context apart, as in \`export function bind…({ registry }: BindContext)\`.`,
  );
}

function isContext(param: ParamPattern): param is BindFunction["context"] {
  if (param.type !== "Identifier" && param.type !== "ObjectPattern") return false;
  const type = param.typeAnnotation?.typeAnnotation;
  if (type?.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return false;
  return type.typeName.name === "BindContext";
}
