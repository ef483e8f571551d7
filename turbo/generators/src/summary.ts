import type { Change } from "./workspace/change.js";

/** What was written, and what is left to do. */
export function summary(changes: readonly Change[]): string {
  if (changes.length === 0) return "Nothing to do: it is all there.\n";
  const lines = changes.map(({ path, before }) => `${before === undefined ? "created" : "changed"}  ${path}`);
  const installs = changes.some(({ path }) => path.endsWith("package.json") || path === "pnpm-workspace.yaml");
  return [...lines, ...(installs ? ["Dependencies changed: run `pnpm install`."] : []), ""].join("\n");
}
