import { RawHtml, TemplateResult, type Slot } from "./template-result.js";

/**
 * A template. Values are escaped for the place they stand in; places that cannot be escaped are refused with a TypeError when the template is
 * printed first.
 *
 *     html`<h1 class="${color}">Hello ${name}</h1>`
 */
export function html(strings: TemplateStringsArray, ...values: readonly Slot[]): TemplateResult {
  return new TemplateResult(strings, values);
}

/** HTML that is printed as it is. Dangerous: whatever a user wrote into it runs in the browsers of others. */
export function raw(text: string): RawHtml {
  return new RawHtml(text);
}
