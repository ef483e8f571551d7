/** The input of an action, and the fields whose values it has. */
export interface ActionInput {
  readonly input: Readonly<Record<string, unknown>>;
  readonly fields: readonly Element[];
}

type Valued = Pick<HTMLInputElement, "checked" | "value" | "textContent"> & Pick<HTMLSelectElement, "selectedOptions">; // or some of it

/** The values of `data-live-value-<name>` of an element. */
export function declaredValues(element: HTMLElement): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(element.dataset)) {
    const name = key.replace(/^liveValue/, "");
    if (name !== key && name) input[name.charAt(0).toLowerCase() + name.slice(1)] = value;
  }
  return input;
}

/** The fields of a form, as a browser would send them; undefined where it has a chosen file, which only a browser can send. */
export function formInput(form: HTMLFormElement, submitter?: HTMLElement | null): ActionInput | undefined {
  const data = new FormData(form, submitter);
  const input = declaredValues(form);
  for (const key of new Set(data.keys())) {
    const all = data.getAll(key);
    const values = all.filter((value) => typeof value === "string");
    if (all.some((value) => (value as File).size)) return undefined; // a text has none
    const name = key.replace(/\[]$/, "");
    if (!key.startsWith("live-")) input[name] = values.length > 1 || name !== key ? values : values[0];
  }
  return { input, fields: [...form.elements] };
}

/** The value of one field: of a checkbox "" where it is not checked, of an editable element its text. */
export function fieldValue(element: Element): unknown {
  const { type, value, checked, selectedOptions, textContent } = element as Valued & {
    readonly type?: string;
  } & Element;
  if (type === "select-multiple") return [...selectedOptions].map((option) => option.value);
  if (type === "checkbox") return checked ? value : "";
  return value ?? textContent;
}
