import { idOf } from "./instance-path.js";
import type { TemplateForm } from "./template-form.js";
import type { Slot } from "./template-result.js";

/** The ids of a render that authors wrote. Two equal ones would lead operations to the wrong element. */
export class UniqueIds {
  readonly #ids = new Set<string>();

  /** Throws where one of the template's ids is there already. */
  add({ template, strings }: TemplateForm, values: readonly Slot[], path: string): void {
    if (strings !== template.strings && template.root === undefined) return; // the content of an element
    for (const element of template.elements) {
      if (element.id === undefined || element.id === "automatic") continue;
      const id = idOf(element, values, path);
      if (this.#ids.has(id))
        throw new TypeError(
          `Two elements have the id "${id}". Write a key into it, such as id="${id}-\${key}", or none.`,
        );
      this.#ids.add(id);
    }
  }
}
