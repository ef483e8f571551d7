import { readFileSync } from "node:fs";

/** The text of a page, by its path from `docs`. */
export function page(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
}

/** The SQL blocks of a page, in order. */
export function sqlOfPage(path: string): readonly string[] {
  return [...page(path).matchAll(/^ *```sql\n([\s\S]*?)^ *```$/gm)].map(([, sql = ""]) => sql);
}
