import type { TemplateForm } from "../template/template-form.js";
import type { ClientTemplate } from "./client-entry.js";

const LIMIT = 1_000; // call sites are code: a page has some dozens, and a client that has these keeps some 100 KB

/** The templates whose text a connection has received, by their numbers. A number never changes its text. */
export class KnownTemplates {
  #numbers: Map<readonly string[], number> | undefined; // most open pages never send a template
  readonly #limit: number;
  #unsent: Record<string, ClientTemplate> | undefined;

  constructor({ limit = LIMIT }: { readonly limit?: number } = {}) {
    this.#limit = limit;
  }

  /** How many templates the connection has received. */
  get size(): number {
    return this.#numbers?.size ?? 0;
  }

  /** Undefined: there is no room for one more, and its content is sent as HTML. */
  numberOf(form: TemplateForm): number | undefined {
    const { strings } = form;
    const known = this.#numbers?.get(strings);
    if (known !== undefined) return known;
    const number = this.size;
    if (number >= this.#limit) return undefined;
    (this.#numbers ??= new Map()).set(strings, number);
    (this.#unsent ??= {})[number] = textOf(form);
    return number;
  }

  /** The texts that have a number and were not sent yet. They wait here while a render fails that was to bring them. */
  takeUnsent(): Readonly<Record<string, ClientTemplate>> | undefined {
    const unsent = this.#unsent;
    this.#unsent = undefined;
    return unsent;
  }
}

function textOf({ statics, slots }: TemplateForm): ClientTemplate {
  return statics.flatMap((text, at) => {
    const slot = slots[at];
    return slot?.kind === "id" ? [text, slot.element.index] : [text];
  });
}
