import { unsavedFields } from "./field-merge.js";
import { parseHtml } from "./parse-html.js";
import { morphElement, type MorphContext } from "./morph-element.js";

/**
 * Gives a root the content and attributes of a page that was opened anew. Ids begin with the root's: they are renamed first, so that elements stay
 * the same. The new page has seen no edit: what users have typed stays, and what is bound is sent again.
 */
export function showFreshRoot(
  root: HTMLElement,
  html: string,
  { beforeMorph }: Pick<MorphContext, "beforeMorph">,
): void {
  const fresh = parseHtml(html).content.firstElementChild;
  if (!fresh) return;
  const { id } = root;
  for (const element of root.querySelectorAll(`[id^=${id}]`)) element.id = fresh.id + element.id.slice(id.length);
  for (const { name, value } of fresh.attributes) root.setAttribute(name, value);
  morphElement(root, fresh, { beforeMorph, seen: 0, isInner: true });
  for (const field of unsavedFields(root.querySelectorAll("[data-live-bind]")))
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
}
