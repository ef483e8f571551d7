import type { ObjectExpression } from "oxc-parser";
import { appendToList } from "./append-to-list.js";
import { formatJson } from "./format.js";
import { isJsonObject, keyOf, type Json, type JsonObject, type JsonSource } from "./json-source.js";
import { listSpan } from "./list-span.js";
import { indentAt } from "./source.js";

/** Adds to a JSON file what it lacks; what it has stays as it is, and inner keys in alphabetical order stay so. */
export async function mergeJson(source: JsonSource, wanted: JsonObject, into = source.root): Promise<void> {
  const appended: string[] = [];
  for (const [key, value] of Object.entries(wanted)) {
    const property = into.properties.find((candidate) => keyOf(candidate) === key);
    if (property?.type === "Property") {
      if (property.value.type === "ObjectExpression" && isJsonObject(value))
        await mergeJson(source, value, property.value);
      continue;
    }
    const text = await propertyText(key, value, { source, into });
    const next =
      into !== source.root && isSorted(into)
        ? into.properties.find((candidate) => (keyOf(candidate) ?? "") > key)
        : undefined;
    if (next) source.edits.appendLeft(next.start, text + separatorBefore(next.start, source));
    else appended.push(text);
  }
  await appendToList(source, listSpan(source, into), { added: appended, style: {} });
}

interface Place {
  readonly source: JsonSource;
  readonly into: ObjectExpression;
}

async function propertyText(key: string, value: Json, { source, into }: Place): Promise<string> {
  const first = into.properties[0];
  const indent = first ? indentAt(source, first.start) : "";
  const lines = (await formatJson(source.path, value)).split("\n");
  return `${JSON.stringify(key)}: ${lines.join(source.eol + indent)}`;
}

function separatorBefore(offset: number, source: JsonSource): string {
  const line = source.text.slice(source.text.lastIndexOf("\n", offset - 1) + 1, offset);
  return line.trim() === "" ? `,${source.eol}${line}` : ", ";
}

function isSorted({ properties }: ObjectExpression): boolean {
  const keys = properties.map((property) => keyOf(property) ?? "");
  return keys.length > 1 && keys.every((key, index) => index === 0 || (keys[index - 1] ?? "") < key);
}
