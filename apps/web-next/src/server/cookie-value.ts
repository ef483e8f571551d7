/** The value of one cookie in a Cookie header; the first where a name is repeated, which is the one with the longest path. */
export function cookieValue(header: string | null | undefined, name: string): string | undefined {
  for (const pair of header?.split(";") ?? []) {
    const [key, ...value] = pair.split("=");
    if (key?.trim() === name) return value.join("=").trim();
  }
  return undefined;
}
