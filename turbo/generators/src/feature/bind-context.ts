import { appendToList } from "../code/append-to-list.js";
import type { Style } from "../code/format.js";
import { listSpan } from "../code/list-span.js";
import type { Source } from "../code/source.js";
import { splice } from "../code/splice.js";
import { bindFunction } from "./bind-function.js";

/** Takes names out of the bind function's context: `({ registry, … }: BindContext)`. */
export async function takeFromContext(source: Source, names: readonly string[], style: Style): Promise<void> {
  const { context, unit } = bindFunction(source);
  if (context.type === "Identifier") {
    const { start, name } = context;
    return splice(source, { start, end: start + name.length, text: `{ ${names.join(", ")} }` }, { unit, style });
  }
  const taken = context.properties.map((property) =>
    property.type === "Property" && property.shorthand && property.key.type === "Identifier" ? property.key.name : "",
  );
  const added = names.filter((name) => !taken.includes(name));
  return appendToList(source, listSpan(source, context), { added, unit, style });
}
