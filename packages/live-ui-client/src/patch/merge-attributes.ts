/** Whether details were open when the server rendered them last; only of those that a user may have opened or closed. */
const renderedOpen = new WeakMap<Element, boolean>();

/** Names of the attributes that the server has sent for an element that may add some itself. */
const sentNames = new WeakMap<Element, readonly string[]>();

/** A user is about to open or close details: keeps what the server has rendered. */
export function noteDetails(within: Document): void {
  for (const element of within.querySelectorAll("details"))
    if (!renderedOpen.has(element)) renderedOpen.set(element, element.open);
}

/** Opens or closes details where the server's own value has changed. */
export function mergeOpen(element: Element, isOpen: boolean): void {
  const was = renderedOpen.get(element) ?? element.hasAttribute("open");
  if (was !== isOpen) element.toggleAttribute("open", isOpen);
  if (renderedOpen.has(element)) renderedOpen.set(element, isOpen);
}

/** Sets an attribute, or removes it. */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Gives an element the attributes of another, and no others. Whether a dialog or details are open is left alone. */
export function copyAttributes(element: Element, to: Element): void {
  mergeAttributes(element, to, element.getAttributeNames());
}

/** Gives an element the server's attributes; those that it has given itself stay. */
export function mergeAttributes(element: Element, to: Element, names = sentNames.get(element) ?? []): void {
  const isKept = (name: string) => name === "open" && /^d/.test(element.localName);
  for (const name of names) if (!to.hasAttribute(name) && !isKept(name)) element.removeAttribute(name);
  for (const attribute of to.attributes)
    if (element.getAttribute(attribute.name) !== attribute.value && !isKept(attribute.name))
      element.setAttributeNode(attribute.cloneNode() as Attr); // `setAttribute` refuses names such as "@click"
  sentNames.set(element, to.getAttributeNames());
}
