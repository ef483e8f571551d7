import { idOf } from "../template/instance-path.js";
import { attributeValue } from "../template/slot-value.js";
import { textOf } from "../template/slot-text.js";
import { partOf } from "../template/template-form.js";
import type { AttributeSlot, DynamicText, Template, TemplateElement, TextSlot } from "../template/template.js";
import { TemplateResult, type Slot } from "../template/template-result.js";
import type { Operation } from "./operation.js";

interface Instance {
  readonly template: Template;
  readonly before: TemplateResult;
  readonly after: TemplateResult;
  readonly path: string;
}

/** The elements of one instance of a template that have changed, and the narrowest operations for them. */
export class ElementChanges {
  readonly #instance: Instance;
  readonly #attributes = new Set<TemplateElement>();
  readonly #content = new Set<TemplateElement>();
  readonly #inside: { readonly slot: TextSlot; readonly operations: readonly Operation[] }[] = [];

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  attribute({ element }: AttributeSlot): void {
    this.#attributes.add(element);
  }

  content(element: TemplateElement): void {
    this.#content.add(element);
  }

  inside(slot: TextSlot, operations: readonly Operation[]): void {
    this.#inside.push({ slot, operations });
  }

  /** Undefined: the element around the instance has to be sent. */
  operations(): readonly Operation[] | undefined {
    const own = new Map<TemplateElement, readonly Operation[]>();
    const sent = new Set<TemplateElement>(); // with all that is in them
    for (const element of this.#attributes) {
      const changed = this.#attributeChange(element);
      if (changed === "id") {
        if (!element.parent) return undefined;
        this.#content.add(element.parent);
      } else if (changed === "element") {
        sent.add(element);
        own.set(element, [this.#outer(element, "replace")]);
      } else if (changed) own.set(element, [changed]);
    }
    for (const element of this.#content) {
      if (sent.has(element)) continue;
      const text = this.#text(element);
      const attributes = own.get(element);
      if (text) own.set(element, attributes ? [...attributes, text] : [text]);
      else own.set(element, [attributes ? this.#outer(element, "morph") : this.#inner(element)]);
      sent.add(element);
    }
    const operations: Operation[] = [];
    for (const [element, changes] of own) if (!isWithin(element.parent, sent)) operations.push(...changes);
    for (const { slot, operations: inside } of this.#inside)
      if (!isWithin(slot.owner, sent)) operations.push(...inside);
    return operations;
  }

  /** "id": the element cannot be found by its new id. "element": no attribute can be set alone. */
  #attributeChange(element: TemplateElement): Operation | "id" | "element" | undefined {
    const { before, after, path } = this.#instance;
    if (idOf(element, before.values, path) !== idOf(element, after.values, path)) return "id";
    const set: Record<string, string | null> = {};
    let isChanged = false;
    for (const attribute of element.attributes) {
      if (!attribute.text) return "element";
      const value = attributeValue(attribute, attribute.text, after.values);
      if (value === attributeValue(attribute, attribute.text, before.values)) continue;
      if (attribute.name.includes(":")) return "element"; // setAttribute does not know its namespace
      set[attribute.name] = value === null ? null : asParsed(value, "\ufffd");
      isChanged = true;
    }
    return isChanged ? { kind: "attributes", target: idOf(element, after.values, path), set } : undefined;
  }

  /** The new text of an element that holds nothing else. */
  #text(element: TemplateElement): Operation | undefined {
    const { after, path } = this.#instance;
    const text = element.text && joinText(element.text, after.values);
    if (text === undefined) return undefined;
    return { kind: "text", target: idOf(element, after.values, path), text: asParsed(text, "") };
  }

  #inner(element: TemplateElement): Operation {
    const { template, after, path } = this.#instance;
    const result = new TemplateResult(partOf(template, element, "inner").strings, after.values);
    return { kind: "content", target: idOf(element, after.values, path), content: [{ result, path }] };
  }

  #outer(element: TemplateElement, kind: "morph" | "replace"): Operation {
    const { template, after, path } = this.#instance;
    const result = new TemplateResult(partOf(template, element, "outer").strings, after.values);
    return { kind, target: idOf(element, after.values, path), content: [{ result, path }] };
  }
}

/** The text as a parser would have read it from HTML. */
function asParsed(text: string, zero: string): string {
  return text.replaceAll(/\r\n?/g, "\n").replaceAll("\0", zero);
}

function joinText({ chunks, indexes }: DynamicText, values: readonly Slot[]): string | undefined {
  let joined = chunks[0] ?? "";
  for (let at = 0; at < indexes.length; at += 1) {
    const text = textOf(values[indexes[at] ?? 0]);
    if (text === undefined) return undefined;
    joined += text + (chunks[at + 1] ?? "");
  }
  return joined;
}

function isWithin(element: TemplateElement | undefined, sent: ReadonlySet<TemplateElement>): boolean {
  for (let around = element; around; around = around.parent) if (sent.has(around)) return true;
  return false;
}
