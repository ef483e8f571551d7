import { composition, postpone } from "./composition.js";
import { createMerges, isField, keepsContent, type Merges } from "./field-merge.js";
import { copyAttributes, mergeAttributes, mergeOpen } from "./merge-attributes.js";

/** What a patch is applied with. */
export interface MorphContext {
  /** The highest number of an action that the server has replied to. */
  readonly seen: number;
  /** Called before an element becomes what the server's is: for adapters of other libraries. */
  readonly beforeMorph: (from: Element, to: Element) => void;
}

/** How a morph is done. */
export interface MorphOptions extends MorphContext {
  /** Of the children only. */
  readonly isInner?: boolean;
}

/** One run: what of the page the new content has too, what is to be removed at the end, and the merges that end after that. */
interface Run extends MorphContext {
  readonly kept: ReadonlyMap<string | undefined, Element>;
  readonly unused: Set<ChildNode>;
  readonly merges: Merges;
}

/** What moves an element with its focus, scroll positions and whatever plays; newer than the types. */
type MovingParent = Node & { readonly moveBefore?: (node: Node, before: Node | null) => void };

/**
 * Turns an element, or its children only, into the new content. Elements are the same where they have the same id, or else the same place, name and
 * kind. What users have typed, selected and opened stays, by the rule of `beginMerge`.
 */
export function morphElement(target: Element, content: ParentNode & Node, context: MorphOptions): void {
  const kept = new Map<string | undefined, Element>();
  for (const element of content.querySelectorAll("[id]")) {
    const id = idOf(element);
    const old = document.getElementById(id ?? "");
    if (old?.localName === element.localName && target.contains(old)) kept.set(id, old);
  }
  const run: Run = { ...context, kept, unused: new Set(), merges: createMerges() };
  const [root] = content.children;
  if (context.isInner) morphChildren(target, content, run);
  else if (root?.localName === target.localName && !root.nextElementSibling) morphNode(target, root, run);
  else {
    for (const node of [...content.childNodes])
      insert(node, { parent: target.parentNode as Node, before: target }, run);
    run.unused.add(target);
  }
  for (const node of run.unused) node.remove(); // not before: something in it may be used further down
  run.merges.end(); // an option that is to be removed is no value
}

/** Moves a node to before another, or to the end. */
export function moveNode(parent: MovingParent, node: Node, before: Node | null): void {
  if (parent.moveBefore && node.isConnected && parent.isConnected) parent.moveBefore(node, before);
  else parent.insertBefore(node, before);
}

function morphChildren(parent: Node, content: Node, run: Run): void {
  const { kept, unused } = run;
  const rest = new Set(parent.childNodes); // without a match so far
  const isKept = (node: Node) => kept.get(idOf(node)) === node;

  /** The first of the rest that fits, before any that has a match elsewhere. */
  const first = (fits: (node: ChildNode) => boolean): ChildNode | null => {
    for (const old of rest) {
      if (old.parentNode !== parent)
        rest.delete(old); // used further down
      else if (fits(old)) return old;
      else if (isKept(old)) break;
    }
    return null;
  };

  let next: ChildNode | null;
  for (let node = content.firstChild; node; node = next) {
    next = node.nextSibling;
    const current = node;
    const match = kept.get(idOf(node)) ?? first((old) => !isKept(old) && isAlike(old, current));
    if (!match || match.contains(parent)) {
      insert(node, { parent, before: first(() => true) }, run);
      continue;
    }
    if (rest.has(match))
      first((old) => {
        if (old === match || isKept(old)) return true;
        rest.delete(old);
        unused.add(old);
        return false;
      });
    if (first(() => true) !== match)
      moveNode(
        parent,
        match,
        first(() => true),
      );
    rest.delete(match);
    unused.delete(match);
    morphNode(match, node, run);
    next = node.nextSibling; // another library may have made more of it
  }
  for (const old of rest) if (old.parentNode === parent) unused.add(old);
}

interface Place {
  readonly parent: Node;
  readonly before: Node | null;
}

/** Inserts a new node; what the page has already of its contents is moved into it. */
function insert(node: Node, { parent, before }: Place, run: Run): void {
  const isNew =
    !(node instanceof Element) || ![...node.querySelectorAll("[id]")].some((element) => run.kept.has(idOf(element)));
  const added = isNew ? node : node.cloneNode();
  parent.insertBefore(added, before);
  if (!isNew) morphChildren(added, node, run);
}

function morphNode(from: Node, to: Node, run: Run): void {
  if (!(from instanceof Element && to instanceof Element)) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return;
  }
  if (from === composition.field) {
    const content = document.createDocumentFragment();
    content.append(to.cloneNode(true)); // its siblings are still to be morphed
    return postpone(() => morphElement(from, content, { ...run, isInner: false }));
  }
  if (from.hasAttribute("data-live")) return; // a page within a page
  run.beforeMorph(from, to);
  if (
    from.matches("[data-live-ignore],[data-live-hook]") ||
    from.localName.includes("-") ||
    keepsContent(from, () => to.innerHTML, run.seen)
  )
    return mergeAttributes(from, to);
  if (from.isEqualNode(to)) return;
  if (isField(from)) run.merges.begin(from, run.seen);
  if (from.localName === "details") mergeOpen(from, to.hasAttribute("open"));
  copyAttributes(from, to);
  if (from instanceof HTMLTemplateElement) from.innerHTML = to.innerHTML;
  else morphChildren(from, to, run);
}

function idOf(node: Node): string | undefined {
  return (node as Partial<Element>).getAttribute?.("id") || undefined; // `id` of a form may be one of its fields
}

/** Whether a node without a match by id may become another. */
function isAlike(from: Node, to: Node): boolean {
  if (from.nodeName !== to.nodeName) return false;
  if (!(from instanceof Element && to instanceof Element)) return true;
  return (!idOf(from) || idOf(from) === idOf(to)) && from.getAttribute("name") === to.getAttribute("name");
}
