import { TemplateList, type TemplateResult } from "./template-result.js";

/**
 * A list whose rows keep their identity. Every key occurs once, and every row's template has one root element.
 *
 *     html`<ul>${each(tasks, (task) => task.id, (task) => html`<li>${task.title}</li>`)}</ul>`
 */
export function each<Item>(
  items: readonly Item[],
  key: (item: Item, index: number) => string | number | bigint,
  render: (item: Item, index: number) => TemplateResult,
): TemplateList {
  const keys: string[] = [];
  const results: TemplateResult[] = [];
  let last: string | number | bigint | undefined;
  let isAscending = true; // then no two are equal, and no set is needed
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index] as Item;
    const name = key(item, index);
    if (last !== undefined && !(typeof name === typeof last && name > last)) isAscending = false;
    last = name;
    keys.push(String(name));
    results.push(render(item, index));
  }
  if (!isAscending) refuseDuplicates(keys);
  return new TemplateList(keys, results);
}

function refuseDuplicates(keys: readonly string[]): void {
  if (new Set(keys).size === keys.length) return;
  const duplicate = keys.find((key, index) => keys.indexOf(key) !== index) ?? "";
  throw new TypeError(
    `Two rows of a list have the key "${duplicate}". Give each() a key that is unique, such as an id.`,
  );
}
