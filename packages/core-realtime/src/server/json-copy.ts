/** The value as JSON would carry it, free of the caller's references; throws where it is none (a cycle, a BigInt). */
export function jsonCopy(value: unknown): unknown {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? undefined : JSON.parse(text);
}
