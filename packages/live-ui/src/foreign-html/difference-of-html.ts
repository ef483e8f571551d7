import type { Operation } from "../difference/operation.js";
import { AddedIds } from "./added-ids.js";
import { foreignDifference } from "./foreign-difference.js";
import { foreignHtml } from "./foreign-html-text.js";
import { parseForeignHtml, Signatures, type ForeignElement } from "./foreign-tree.js";

/**
 * The operations between two HTML texts from elsewhere, by the ids in them alone: whole elements that have an id, and
 * rows of a list in which every row has one. `root` is the id of the element of which both are the content.
 *
 * @example differenceById(`<ul id="l"><li id="a">1</li></ul>`, `<ul id="l"><li id="a">1</li><li id="b">2</li></ul>`, "page");
 * // [{ kind: "append", target: "l", content: `<li id="b">2</li>` }]
 */
export function differenceById(before: string, after: string, root: string): readonly Operation[] {
  return foreignDifference(signed(parseForeignHtml(before), parseForeignHtml(after)), root, {
    parts: false,
    dataKeys: false,
  });
}

/**
 * The same, and where there are ids also by the tree: text alone, attributes alone, and rows with `data-key`. What has
 * no id is sent with the nearest element around it that has one.
 */
export function differenceHybrid(before: string, after: string, root: string): readonly Operation[] {
  return foreignDifference(signed(parseForeignHtml(before), parseForeignHtml(after)), root, {
    parts: true,
    dataKeys: true,
  });
}

/** What makes one tree the other. */
export interface TreeDifference {
  /** To be applied in this order. */
  readonly operations: readonly Operation[];
  /** The new HTML with the ids that were added: what to pass as `before` next time. */
  readonly html: string;
}

/**
 * The same by the tree alone: every element gets an id, so that each change is sent by itself. `before` is what
 * `withIds` returned for the first page, or `html` of the difference before. Elements without an id of their own are
 * matched by `data-key`, by their text, and by their name and order.
 */
export function differenceByTree(before: string, after: string, root: string): TreeDifference {
  const [old, tree] = [parseForeignHtml(before), parseForeignHtml(after)];
  new AddedIds(root, old, tree).add(old, tree);
  const operations = foreignDifference(signed(old, tree), root, { parts: true, dataKeys: true });
  return { operations, html: foreignHtml(tree.children) };
}

/** HTML in which every element has an id: those without one get `<root>-n<number>`. The page must be sent with them. */
export function withIds(html: string, root: string): string {
  const tree = parseForeignHtml(html);
  new AddedIds(root, tree).add(undefined, tree);
  return foreignHtml(tree.children);
}

function signed(before: ForeignElement, after: ForeignElement): [ForeignElement, ForeignElement] {
  const signatures = new Signatures();
  signatures.sign(before);
  signatures.sign(after);
  return [before, after];
}
