import { isOpaque, type ForeignElement, type ForeignNode } from "./foreign-tree.js";

/** The ids that stand once in a tree, in a place where an operation reaches their elements, and are not `root`. */
export function uniqueIds(tree: ForeignElement, root: string): ReadonlySet<string> {
  const times = new Map<string, number>([
    [root, 2],
    ["", 2],
  ]);
  const reached = new Set<string>();
  const waiting: { readonly node: ForeignNode; readonly isReached: boolean }[] = [{ node: tree, isReached: true }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, isReached } = next;
    if (node.kind !== "element") continue;
    const id = node.attributes.get("id");
    if (id !== undefined) times.set(id, (times.get(id) ?? 0) + 1);
    if (id !== undefined && isReached) reached.add(id);
    const inside = isReached && !isOpaque(node);
    for (const child of node.children) waiting.push({ node: child, isReached: inside });
  }
  return new Set([...reached].filter((id) => times.get(id) === 1));
}

export function sameAttributes(before: ForeignElement, after: ForeignElement): boolean {
  return Object.keys(changedAttributes(before, after)).length === 0;
}

export function changedAttributes(before: ForeignElement, after: ForeignElement): Record<string, string | null> {
  const changed: Record<string, string | null> = Object.create(null) as Record<string, string | null>; // "__proto__" is a name too
  for (const [name, value] of after.attributes) if (before.attributes.get(name) !== value) changed[name] = value;
  for (const name of before.attributes.keys()) if (!after.attributes.has(name)) changed[name] = null;
  return changed;
}

/** Whether a script may set the changed attributes: names like `@click` come only from a parser. */
export function canBeSet(before: ForeignElement, after: ForeignElement): boolean {
  return Object.keys(changedAttributes(before, after)).every((name) => /^[a-z_][\w:.-]*$/i.test(name));
}

/** The text of an element that has nothing else in it. */
export function onlyText({ children }: ForeignElement): string | undefined {
  const [first] = children;
  if (!first) return "";
  return children.length === 1 && first.kind === "text" ? first.text : undefined;
}
