import type { ClientContent, ClientReference, ClientSlot, ClientTemplate } from "../encoders/client-entry.js";
import { escapeHtml } from "../template/escape-html.js";

/** The HTML of a content that our own client received, and the texts of templates that it has. The same as the client does, without a browser. */
export function htmlOf(content: ClientContent, statics: ReadonlyMap<number, ClientTemplate>): string {
  return typeof content === "string" ? content : slotHtml(content, statics);
}

function slotHtml(slot: ClientSlot, statics: ReadonlyMap<number, ClientTemplate>): string {
  if (typeof slot === "string" || typeof slot === "number") return escapeHtml(String(slot));
  if ("r" in slot) return slot.r;
  if (!isReference(slot)) return slot.map((reference) => slotHtml(reference, statics)).join("");
  const [number, ...given] = slot;
  const text = statics.get(number) ?? [];
  const slots = [...given];
  const path = text.some((part) => typeof part === "number") ? slots.shift() : undefined;
  const html = text.map((part, at) => {
    if (typeof part === "number") return escapeHtml(`${String(path)}_${part}`);
    if (at === 0 || typeof text[at - 1] === "number") return part;
    const value = slots.shift();
    if (value === undefined) throw new Error(`Template ${number} has more slots than ${given.length}.`);
    return slotHtml(value, statics) + part;
  });
  if (text.length === 0 || slots.length > 0)
    throw new Error(`Template ${number} has fewer slots than ${given.length}.`);
  return html.join("");
}

function isReference(slot: ClientReference | readonly ClientReference[]): slot is ClientReference {
  return typeof slot[0] === "number";
}
