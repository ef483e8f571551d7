import { readFileSync } from "node:fs";

/** The text of a page, by its path from `docs`. */
export function page(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
}

/** The SQL blocks of a page, in order. */
export function sqlOfPage(path: string): readonly string[] {
  return blocksOfPage(path, "sql");
}

/** The blocks of a page that are written in a language, in order. */
export function blocksOfPage(path: string, language: "sql" | "sh" | "json"): readonly string[] {
  const blocks = page(path).matchAll(new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, "gm"));
  return [...blocks].map(([, code = ""]) => code);
}
