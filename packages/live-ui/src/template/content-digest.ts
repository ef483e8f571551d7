import { digest } from "@repo/core-realtime/digest";
import { isArray, textOf } from "./slot-text.js";
import { isOn } from "./slot-value.js";
import { formOf } from "./template-form.js";
import { RawHtml, TemplateList, TemplateResult, type Slot } from "./template-result.js";

/**
 * A digest of what the template prints, computed from its values alone. Two with the same digest print the same, also in another process;
 * two that print the same have the same digest where they come from the same call sites.
 */
export function contentDigest(result: TemplateResult, root: string): string {
  const parts: string[] = [root];
  addTemplate(result, parts);
  return digest(parts.join("\n"));
}

const FINGERPRINTS = new WeakMap<TemplateStringsArray, string>();

/** A call site by its text: it is the same in another process, and another one after a change of the code. */
function callSiteDigest(strings: TemplateStringsArray): string {
  const known = FINGERPRINTS.get(strings);
  if (known !== undefined) return known;
  const fingerprint = digest(JSON.stringify(strings));
  FINGERPRINTS.set(strings, fingerprint);
  return fingerprint;
}

function addTemplate({ strings, values }: TemplateResult, parts: string[]): void {
  const { slots } = formOf(strings).template;
  parts.push(`<${callSiteDigest(strings)}`);
  for (let index = 0; index < slots.length; index += 1) {
    const slot = slots[index];
    if (slot?.kind === "attribute" && slot.attribute.kind === "flag") parts.push(isOn(values[index]) ? "+" : "-");
    else addValue(values[index], parts);
  }
}

/** Lengths are part of it: no text can pass for the values around it. */
function addValue(value: Slot, parts: string[]): void {
  const text = textOf(value);
  if (text !== undefined) parts.push(`${text.length}:${text}`);
  else if (value instanceof TemplateResult) addTemplate(value, parts);
  else if (value instanceof RawHtml) parts.push(`!${value.text.length}:${value.text}`);
  else if (value instanceof TemplateList) {
    parts.push(`*${value.keys.length}`);
    value.results.forEach((row, at) => {
      const key = value.keys[at] ?? "";
      parts.push(`${key.length}:${key}`);
      addTemplate(row, parts);
    });
  } else if (isArray(value)) {
    parts.push(`[${value.length}`);
    for (const part of value) addValue(part, parts);
  }
}
