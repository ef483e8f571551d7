const OBJECT_BYTES = 40; // a header and a few pointers
const VALUE_BYTES = 8;
const CHARACTER_BYTES = 2; // the most that V8 takes for one

/** About how many bytes of memory a plain JSON value takes: never much less than it does. */
export function weightOf(value: unknown): number {
  if (typeof value === "string") return OBJECT_BYTES + CHARACTER_BYTES * value.length;
  if (typeof value !== "object" || value === null) return VALUE_BYTES;
  let bytes = OBJECT_BYTES;
  for (const [key, inner] of Object.entries(value))
    bytes += VALUE_BYTES + CHARACTER_BYTES * key.length + weightOf(inner);
  return bytes;
}
