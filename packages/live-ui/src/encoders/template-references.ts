import type { PlacedTemplate } from "../difference/operation.js";
import { rowPath, slotPath } from "../template/instance-path.js";
import { refuseMisplaced } from "../template/nesting-rules.js";
import { placedRaw, placedText, renderSlot } from "../template/render-to-string.js";
import { isArray, textOf } from "../template/slot-text.js";
import { attributeSlotText, attributeValue, isOn } from "../template/slot-value.js";
import { formOf, rowFormOf, type TemplateForm } from "../template/template-form.js";
import type { PrintSlot, TextSlot } from "../template/template.js";
import { RawHtml, TemplateList, TemplateResult, type Slot } from "../template/template-result.js";
import type { ClientContent, ClientReference, ClientSlot } from "./client-entry.js";
import type { KnownTemplates } from "./known-templates.js";

/** Templates as references: a number, and the values of the slots. */
export class TemplateReferences {
  readonly #templates: KnownTemplates;

  constructor(templates: KnownTemplates) {
    this.#templates = templates;
  }

  /** Undefined: one of them has no number. */
  content(placed: readonly PlacedTemplate[]): ClientContent | undefined {
    const references = placed.map(({ result, path }) => this.#reference(formOf(result.strings), result.values, path));
    if (!references.every((reference) => reference !== undefined)) return undefined;
    const [only] = references;
    return only && references.length === 1 ? only : references;
  }

  #reference(form: TemplateForm, values: readonly Slot[], path: string): ClientReference | undefined {
    const number = this.#templates.numberOf(form);
    if (number === undefined) return undefined;
    const slots = form.slots.filter(isSent).map((slot) => this.#slot(slot, values, path));
    return slots.length < form.slots.length ? [number, path, ...slots] : [number, ...slots];
  }

  #slot(slot: SentSlot, values: readonly Slot[], path: string): ClientSlot {
    switch (slot.kind) {
      case "text":
        return this.#value(values[slot.index], slot.slot, slotPath(path, slot.index));
      case "attribute":
        return numberIn(values[slot.index]) ?? attributeSlotText(values[slot.index], slot.attribute);
      case "address":
        return (slot.attribute.text && attributeValue(slot.attribute, slot.attribute.text, values)) ?? "";
      case "flag":
        return isOn(values[slot.index]) ? { r: ` ${slot.attribute.name}=""` } : "";
      case "hidden":
        return "";
    }
  }

  #value(value: Slot, slot: TextSlot, path: string): ClientSlot {
    const number = numberIn(value);
    if (number !== undefined) {
      placedText(String(number), slot);
      return number;
    }
    const text = textOf(value);
    if (text !== undefined) return placedText(text, slot);
    if (value instanceof RawHtml) return { r: placedRaw(value, slot) };
    return this.#templatesIn(value, slot, path) ?? { r: renderSlot(value, slot, path) };
  }

  /** Undefined: it holds something beside templates, or one without a number. */
  #templatesIn(value: Slot, slot: TextSlot, path: string): ClientReference | readonly ClientReference[] | undefined {
    if (value instanceof TemplateResult) return this.#placed(value, formOf(value.strings), { slot, path });
    const references: ClientReference[] = [];
    if (value instanceof TemplateList) {
      for (const [at, row] of value.results.entries()) {
        const place = { slot, path: rowPath(path, value.keys[at] ?? "") };
        const reference = this.#placed(row, rowFormOf(row.strings), place);
        if (!reference) return undefined;
        references.push(reference);
      }
      return references;
    }
    if (!isArray(value)) return undefined;
    for (const [at, part] of value.entries()) {
      if (!(part instanceof TemplateResult)) return undefined;
      const reference = this.#placed(part, formOf(part.strings), { slot, path: slotPath(path, at) });
      if (!reference) return undefined;
      references.push(reference);
    }
    return references;
  }

  #placed(
    result: TemplateResult,
    form: TemplateForm,
    { slot, path }: { readonly slot: TextSlot; readonly path: string },
  ): ClientReference | undefined {
    refuseMisplaced(result, form.template, slot.place);
    return this.#reference(form, result.values, path);
  }
}

type SentSlot = Exclude<PrintSlot, { readonly kind: "id" }>;

/** The ids of elements follow from the path: they are in the template's text. */
function isSent(slot: PrintSlot): slot is SentSlot {
  return slot.kind !== "id";
}

/** A number that JSON has as well. */
function numberIn(value: Slot): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
