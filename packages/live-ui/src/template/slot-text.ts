import { TemplateList, type Slot } from "./template-result.js";

/** What a slot prints where that is plain text. Undefined: it holds elements or raw HTML. */
export function textOf(value: Slot): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value === undefined || value === null || typeof value === "boolean") return "";
  if (value instanceof TemplateList) return value.keys.length === 0 ? "" : undefined;
  if (!isArray(value)) return undefined;
  let text = "";
  for (const part of value) {
    const printed = textOf(part);
    if (printed === undefined) return undefined;
    text += printed;
  }
  return text;
}

/** `Array.isArray` does not narrow readonly arrays. */
export function isArray(value: Slot): value is readonly Slot[] {
  return Array.isArray(value);
}
