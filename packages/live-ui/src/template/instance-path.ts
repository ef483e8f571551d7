import type { TemplateElement } from "./template.js";
import type { Slot } from "./template-result.js";
import { textOf } from "./slot-text.js";

/** The path of a template, list or array in a slot of the instance with this path. */
export function slotPath(path: string, index: number): string {
  return `${path}-${index}`;
}

/** The path of a row, from the path of its list. Two keys never give the same one. */
export function rowPath(path: string, key: string): string {
  return `${path}-k${PLAIN_KEY.test(key) ? key : key.replace(OTHER, encodeCharacter)}`;
}

const PLAIN_KEY = /^[a-zA-Z0-9]*$/;
const OTHER = /[^a-zA-Z0-9]/g;

/** Ids go into selectors of other libraries too: letters, digits, `-` and `_` alone. A doubled one cannot be a separator. */
function encodeCharacter(character: string): string {
  if (character === "-") return "--";
  if (character === "_") return "__";
  return `_x${character.charCodeAt(0).toString(16)}_`;
}

/** The id of an element of the instance. An element without its own is the root of a row, which has an automatic one. */
export function idOf(element: TemplateElement, values: readonly Slot[], path: string): string {
  const { id } = element;
  if (id === undefined || id === "automatic") return `${path}_${element.index}`;
  const { chunks, indexes } = id.text ?? { chunks: [""], indexes: [] };
  let text = chunks[0] ?? "";
  for (let at = 0; at < indexes.length; at += 1) text += `${textOf(values[indexes[at] ?? 0]) ?? ""}${chunks[at + 1]}`;
  return text;
}
