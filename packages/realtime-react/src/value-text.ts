/** A value as JSON with the members of each object in order: of equal values, written anew at each render, the same text. */
export function valueText(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part: object | null | undefined) =>
    part?.constructor === Object ? Object.fromEntries(Object.entries(part).sort()) : part,
  );
}
