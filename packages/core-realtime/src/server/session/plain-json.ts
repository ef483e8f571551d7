/**
 * What is wrong with a peer's value, in short; undefined where it is plain JSON that is safe to walk and to merge. Recursive, and at
 * most `maxDepth` deep: every message is walked, and a stack of its own would cost more than the rest of reading it.
 */
export function whyNotPlainJson(value: unknown, maxDepth: number): string | undefined {
  switch (typeof value) {
    case "object":
      return value === null ? undefined : whyNotPlain(value, maxDepth);
    case "function":
    case "symbol":
    case "bigint":
      return "not JSON";
    default:
      return undefined;
  }
}

function whyNotPlain(value: object, depthLeft: number): string | undefined {
  if (depthLeft <= 0) return "nested too deep";
  if (Array.isArray(value)) {
    for (const item of value) {
      const why = whyNotPlainJson(item, depthLeft - 1);
      if (why !== undefined) return why;
    }
    return undefined;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return "not plain JSON"; // a Buffer, a Date, a Map …
  for (const key in value) {
    const inner = (value as Record<string, unknown>)[key];
    if (key === "__proto__" || (key === "constructor" && reachesPrototype(inner)))
      return `the key "${key}" is not taken`;
    const why = whyNotPlainJson(inner, depthLeft - 1);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** `{ constructor: { prototype: … } }` pollutes where a deep merge is used; the text "constructor" does not. */
function reachesPrototype(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "prototype");
}
