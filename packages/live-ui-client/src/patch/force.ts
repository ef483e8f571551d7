import { isField, showRendered } from "./field-merge.js";

/** Resets the form with this id, or shows the server's value of the fields with this name: the server wins. */
export function force(root: Element, name: string): void {
  const text = CSS.escape(name);
  for (const element of root.querySelectorAll(`form#${text},[name="${text}"],[data-live-bind="${text}"]`)) {
    if (element.localName === "form")
      HTMLFormElement.prototype.reset.call(element); // a field may be named "reset"
    else if (isField(element)) showRendered(element);
  }
}
