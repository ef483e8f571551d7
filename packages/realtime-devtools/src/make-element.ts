/** What an element is made with: attributes; a listener under `onclick` and the like; `undefined` leaves one out. */
export type Attributes = Readonly<Record<string, string | undefined | ((event: Event) => void)>>;

/** Makes an element. Texts become text nodes: nothing that a server sends is read as markup. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else if (value !== undefined) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The time of the day in milliseconds: `17:04:09.120`. */
export function timeOf(at: number): HTMLElement {
  const date = new Date(at);
  const text = `${date.toLocaleTimeString("en-GB")}.${String(date.getMilliseconds()).padStart(3, "0")}`;
  return make("time", { datetime: date.toISOString() }, text);
}
