import { readFileSync } from "node:fs";

/** The text of a guide. */
export function guide(name: string): string {
  return readFileSync(new URL(`../guides/${name}`, import.meta.url), "utf8");
}

/** The SQL blocks of a guide, in order. */
export function sqlOf(name: string): readonly string[] {
  return [...guide(name).matchAll(/^ *```sql\n([\s\S]*?)^ *```$/gm)].map(([, sql = ""]) => sql);
}
