import { QueryRefusal } from "../query/query-refusal.js";

/** LIKE without a regular expression: no pattern makes it slow. `%` is any text, `_` one character, `\` takes the next as it is. */
export function likePattern(pattern: string): (value: unknown) => boolean {
  const parts = partsOf(pattern);
  return (value) => matches([...String(value)], parts);
}

/** A character, or what stands for some. */
type Part = { readonly char: string } | "any" | "one";

function partsOf(pattern: string): readonly Part[] {
  const parts: Part[] = [];
  const chars = [...pattern];
  for (let index = 0; index < chars.length; index += 1) {
    const char = chars[index] ?? "";
    if (char === "%") {
      if (parts.at(-1) !== "any") parts.push("any");
    } else if (char === "_") parts.push("one");
    else if (char !== "\\") parts.push({ char });
    else {
      index += 1;
      const next = chars[index];
      if (next === undefined) throw new QueryRefusal("A LIKE pattern must not end with its escape character.");
      parts.push({ char: next });
    }
  }
  return parts;
}

/** Goes back to the last `any` alone: at most the product of both lengths. */
function matches(text: readonly string[], parts: readonly Part[]): boolean {
  let [at, part] = [0, 0];
  let retry: readonly [at: number, part: number] | undefined;
  while (at < text.length) {
    const wanted = parts[part];
    if (wanted === "any") {
      retry = [at, (part += 1)];
    } else if (wanted === "one" || (wanted !== undefined && wanted.char === text[at])) {
      at += 1;
      part += 1;
    } else if (retry) {
      retry = [retry[0] + 1, retry[1]];
      [at, part] = retry;
    } else return false;
  }
  while (parts[part] === "any") part += 1;
  return part === parts.length;
}
