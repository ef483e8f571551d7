const NUMBER = /^-?\d+(\.\d+)?$/; // `bigint` and `numeric` are received as text
const TIME = /^\d{4}-\d\d-\d\d/;

/** Below, at or above 0 as a database orders two values; undefined where it depends on their types or the collation. */
export function compareValues(one: unknown, other: unknown): number | undefined {
  if (one === other) return 0;
  const [first, second] = [measure(one), measure(other)];
  if (!first || first.kind !== second?.kind) return undefined;
  return first.value < second.value ? -1 : Number(first.value > second.value);
}

/** The same with a guess: numbers in texts by their value, texts by their characters. */
export function guessOrder(one: unknown, other: unknown): number {
  const known = compareValues(one, other);
  if (known !== undefined) return known;
  const [first, second] = [String(one), String(other)];
  if (NUMBER.test(first) && NUMBER.test(second)) return Number(first) - Number(second);
  return first < second ? -1 : 1;
}

function measure(value: unknown): { readonly kind: string; readonly value: number } | undefined {
  if (typeof value === "number") return { kind: "number", value };
  if (typeof value === "boolean") return { kind: "boolean", value: Number(value) };
  const time = typeof value === "string" && TIME.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : { kind: "time", value: time };
}
