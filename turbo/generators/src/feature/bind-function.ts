import { Visitor, type ParamPattern } from "oxc-parser";
import { appendToList } from "../code/append-to-list.js";
import type { Style } from "../code/format.js";
import { listSpan } from "../code/list-span.js";
import type { Source } from "../code/source.js";
import { splice, type Unit } from "../code/splice.js";
import { Refusal } from "../refusal.js";

/** A feature's bind function: its context, and its head, from `export` to the brace. */
interface BindFunction {
  readonly context: Extract<ParamPattern, { readonly type: "Identifier" | "ObjectPattern" }>;
  readonly unit: Unit;
}

/** How the code of a bind function refers to its context. */
export interface ContextCode {
  /** One of its members: `context.registry`, or `registry` where the context is destructured. */
  member(name: string): string;
  /** An object with these members, for a call. */
  object(names: readonly string[]): string;
}

/** How the bind function of a file refers to its context; `using` are the members that new code needs. */
export async function contextCode(source: Source, using: readonly string[], style: Style): Promise<ContextCode> {
  const { context, unit } = bindFunction(source);
  if (context.type === "ObjectPattern") {
    await destructureMore(source, { context, unit, using, style });
    return { member: (name) => name, object: (names) => `{ ${names.join(", ")} }` };
  }
  const name = await usedName(source, { context, unit, style });
  return { member: (member) => `${name}.${member}`, object: () => name };
}

interface Destructured {
  readonly context: Extract<ParamPattern, { readonly type: "ObjectPattern" }>;
  readonly unit: Unit;
  readonly using: readonly string[];
  readonly style: Style;
}

const IN_ORDER = ["registry", "realtime", "tracer", "logger"]; // as in BindContext

async function destructureMore(source: Source, { context, unit, using, style }: Destructured): Promise<void> {
  const taken = context.properties.map((property) =>
    property.type === "Property" && property.shorthand && property.key.type === "Identifier" ? property.key.name : "",
  );
  const added = IN_ORDER.filter((name) => using.includes(name) && !taken.includes(name));
  await appendToList(source, listSpan(source, context), { added, unit, style });
}

interface Named {
  readonly context: Extract<ParamPattern, { readonly type: "Identifier" }>;
  readonly unit: Unit;
  readonly style: Style;
}

/** The context's name; `_context`, which nothing uses yet, becomes `context`. */
async function usedName(source: Source, { context, unit, style }: Named): Promise<string> {
  const { name, start } = context;
  if (!name.startsWith("_") || isUsed(source, name)) return name;
  const used = name.slice(1);
  await splice(source, { start, end: start + name.length, text: used }, { unit, style });
  return used;
}

function isUsed({ program }: Source, name: string): boolean {
  let count = 0;
  new Visitor({ Identifier: (identifier) => void (identifier.name === name && (count += 1)) }).visit(program);
  return count > 1; // its declaration is one
}

/** Finds the one function of a file that takes a `BindContext`. */
export function bindFunction({ program, path }: Source): BindFunction {
  const found: BindFunction[] = [];
  for (const statement of program.body) {
    const fn = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (fn?.type !== "FunctionDeclaration" || !fn.body) continue;
    const unit: Unit = { start: statement.start, end: fn.body.start, closing: "{}" };
    for (const context of fn.params) if (isContext(context)) found.push({ context, unit });
  }
  const [bind] = found;
  if (bind && found.length === 1) return bind;
  throw new Refusal(
    `${path} needs one function that takes a BindContext, as in \`export function bind…(context: BindContext)\`.`,
  );
}

function isContext(param: ParamPattern): param is BindFunction["context"] {
  if (param.type !== "Identifier" && param.type !== "ObjectPattern") return false;
  const type = param.typeAnnotation?.typeAnnotation;
  if (type?.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return false;
  return type.typeName.name === "BindContext";
}
