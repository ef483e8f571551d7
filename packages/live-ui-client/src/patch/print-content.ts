import type { WireContent, WireSlot } from "../wire.js";

/** Texts of templates by their numbers. Between two strings is a slot; a number is an id that is made of the instance's path. */
export type TemplateTexts = Readonly<Record<string, readonly (string | number)[]>>;

/** Prints content as HTML. Throws where a template's text has not arrived. */
export function printContent(content: WireContent, texts: TemplateTexts): string {
  return typeof content === "string" ? content : printSlot(content, texts);
}

/** Text as it may stand in HTML, in a quoted attribute too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function printSlot(slot: WireSlot, texts: TemplateTexts): string {
  if (typeof slot !== "object") return escapeHtml(`${slot}`);
  if ("r" in slot) return slot.r;
  const [first, ...slots] = slot;
  if (typeof first !== "number") return slot.map((row) => printSlot(row, texts)).join("");
  const text = texts[first];
  if (!text) throw new Error(`No template ${first}.`);
  let next = text.some(isNumber) ? 1 : 0; // the path is first, where an id is made of it
  return text
    .map((part, at) => {
      if (isNumber(part)) return escapeHtml(`${slots[0]}_${part}`);
      return (at && !isNumber(text[at - 1]) ? printSlot(slots[next++] ?? "", texts) : "") + part;
    })
    .join("");
}

function isNumber(part: unknown): part is number {
  return typeof part === "number";
}
