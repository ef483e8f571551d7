import { idOf, rowPath } from "../template/instance-path.js";
import { rowFormOf, rowRoot, templateOf } from "../template/template-form.js";
import { TemplateResult, type TemplateList } from "../template/template-result.js";
import type { TemplateElement } from "../template/template.js";
import type { Operation, PlacedTemplate } from "./operation.js";
import { templateDifference } from "./template-difference.js";

/** A row of a list with its root element. */
export class ListRow {
  readonly #result: TemplateResult;
  readonly #root: TemplateElement;
  readonly #path: string;

  private constructor(result: TemplateResult, path: string) {
    this.#result = result;
    this.#root = rowRoot(templateOf(result.strings));
    this.#path = path;
  }

  static at(list: TemplateList, at: number, { path }: { readonly path: string }): ListRow {
    const [key, result] = [list.keys[at], list.results[at]];
    if (key === undefined || result === undefined) throw new TypeError(`The list has no row ${at}.`);
    return new ListRow(result, rowPath(path, key));
  }

  get id(): string {
    return idOf(this.#root, this.#result.values, this.#path);
  }

  get placed(): PlacedTemplate {
    const { strings } = rowFormOf(this.#result.strings);
    return { result: new TemplateResult(strings, this.#result.values), path: this.#path };
  }

  /** From the row with the same key. Undefined: its element cannot be found by its new id. */
  difference(before: ListRow): readonly Operation[] | undefined {
    const changes = templateDifference(before.#result, this.#result, this.#path);
    if (changes) return changes;
    if (before.id !== this.id) return undefined;
    const kind = before.#root.tag === this.#root.tag ? "morph" : "replace";
    return [{ kind, target: this.id, content: [this.placed] }];
  }
}
