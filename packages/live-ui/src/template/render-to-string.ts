import { escapeHtml } from "./escape-html.js";
import { idOf, rowPath, slotPath } from "./instance-path.js";
import { isBlank, refuseMisplaced } from "./nesting-rules.js";
import { isArray, textOf } from "./slot-text.js";
import { attributeSlotText, attributeValue, isOn } from "./slot-value.js";
import { formOf, rowFormOf, type TemplateForm } from "./template-form.js";
import type { PrintSlot, TextSlot } from "./template.js";
import { UniqueIds } from "./unique-ids.js";
import { RawHtml, TemplateList, TemplateResult, type Slot } from "./template-result.js";

/** How ids are made. */
export interface RenderOptions {
  /** What automatic ids begin with. */
  readonly root: string;
  /**
   * HTML behind the start tag of each `<form method="post">`, for browsers without JavaScript: by its `data-live-submit`, the path of the
   * template, and the component that it is in.
   */
  readonly hiddenFields?: (action: string | undefined, path: string, part?: string) => string;
}

/** The template as HTML. */
export function renderToString(result: TemplateResult, { root, hiddenFields = noFields }: RenderOptions): string {
  const ids = process.env["NODE_ENV"] === "production" ? undefined : new UniqueIds();
  return printForm(formOf(result.strings), result.values, { path: root, hiddenFields, ids });
}

/** What a text slot holds, as HTML. The path is that of the slot. */
export function renderSlot(value: Slot, slot: TextSlot, path: string): string {
  return printValue(value, slot, { path, hiddenFields: noFields, ids: undefined });
}

interface PrintContext {
  readonly path: string;
  readonly part?: string | undefined;
  readonly hiddenFields: NonNullable<RenderOptions["hiddenFields"]>;
  readonly ids: UniqueIds | undefined;
}

const noFields = (): string => "";

function printForm(form: TemplateForm, values: readonly Slot[], context: PrintContext): string {
  context.ids?.add(form, values, context.path);
  const { statics, slots } = form;
  let html = statics[0] ?? "";
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at];
    if (slot) html += printSlot(slot, values, context);
    html += statics[at + 1] ?? "";
  }
  return html;
}

function printSlot(slot: PrintSlot, values: readonly Slot[], context: PrintContext): string {
  switch (slot.kind) {
    case "text": {
      const value = values[slot.index];
      const text = textOf(value);
      if (text !== undefined) return escapeHtml(placedText(text, slot.slot));
      return printValue(value, slot.slot, { ...context, path: slotPath(context.path, slot.index) });
    }
    case "attribute":
      return escapeHtml(attributeSlotText(values[slot.index], slot.attribute));
    case "address":
      return slot.attribute.text ? escapeHtml(attributeValue(slot.attribute, slot.attribute.text, values) ?? "") : "";
    case "flag":
      return isOn(values[slot.index]) ? ` ${slot.attribute.name}=""` : "";
    case "id":
      return escapeHtml(idOf(slot.element, values, context.path));
    case "hidden":
      return context.hiddenFields(slot.action, context.path, context.part);
  }
}

/** What a text slot holds. The path is that of the slot. */
function printValue(value: Slot, slot: TextSlot, context: PrintContext): string {
  const text = textOf(value);
  if (text !== undefined) return escapeHtml(placedText(text, slot));
  if (value instanceof TemplateResult) {
    const form = formOf(value.strings);
    refuseMisplaced(value, form.template, slot.place);
    return printForm(form, value.values, value.part === undefined ? context : { ...context, part: value.part });
  }
  if (value instanceof TemplateList) {
    let html = "";
    for (let at = 0; at < value.results.length; at += 1) {
      const row = value.results[at];
      if (row) html += printRow(row, slot, { ...context, path: rowPath(context.path, value.keys[at] ?? "") });
    }
    return html;
  }
  if (value instanceof RawHtml) return placedRaw(value, slot);
  if (!isArray(value))
    throw new TypeError(
      `A slot holds ${Object.prototype.toString.call(value)}. Give it a text, a template, each() or raw().`,
    );
  return value.map((part, at) => printValue(part, slot, { ...context, path: slotPath(context.path, at) })).join("");
}

function printRow(row: TemplateResult, slot: TextSlot, context: PrintContext): string {
  const form = rowFormOf(row.strings);
  refuseMisplaced(row, form.template, slot.place);
  return printForm(form, row.values, context);
}

/** Throws where a browser would move the text out of its place. */
export function placedText(text: string, { place }: TextSlot): string {
  if (place.kind !== "only" || isBlank(text)) return text;
  throw new TypeError(`A text directly inside <${place.tag}>. A browser moves it out: put it into a cell.`);
}

export function placedRaw({ text }: RawHtml, { place }: TextSlot): string {
  if (place.kind !== "text") return text;
  throw new TypeError(`raw() inside <${place.tag}>, which holds text alone. Give the slot a text.`);
}
