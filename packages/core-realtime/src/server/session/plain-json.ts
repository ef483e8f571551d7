/** What is wrong with a peer's value, in a few words; undefined where it is plain JSON that is safe to walk and to merge. */
export function whyNotPlainJson(value: unknown, maxDepth: number): string | undefined {
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 1 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value: current, depth } = next;
    if (typeof current !== "object" || current === null) {
      if (typeof current === "function" || typeof current === "symbol" || typeof current === "bigint")
        return "not JSON";
      continue;
    }
    if (depth > maxDepth) return `nested deeper than ${maxDepth}`;
    if (Array.isArray(current)) {
      for (const item of current) waiting.push({ value: item, depth: depth + 1 });
      continue;
    }
    const prototype: unknown = Object.getPrototypeOf(current);
    if (prototype !== Object.prototype && prototype !== null) return "not plain JSON"; // a Buffer, a Date, a Map …
    for (const key of Object.keys(current)) {
      const inner = (current as Record<string, unknown>)[key];
      if (key === "__proto__" || (key === "constructor" && reachesPrototype(inner)))
        return `the key "${key}" is not taken`;
      waiting.push({ value: inner, depth: depth + 1 });
    }
  }
  return undefined;
}

/** `{ constructor: { prototype: … } }` pollutes where a deep merge is used; a plain word "constructor" does not. */
function reachesPrototype(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "prototype");
}
