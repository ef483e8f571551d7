import { jsonChangeOf, keyOf, openJson, readJson } from "../code/json-source.js";
import { listSpan } from "../code/list-span.js";
import { mergeJson } from "../code/merge-json.js";
import { removeEntry } from "../code/remove.js";
import { skipTrivia } from "../code/skip-trivia.js";
import type { FileChange } from "../workspace/change.js";

const ROLES = ["dependencies", "devDependencies", "peerDependencies"] as const;

/** What generated code imports, by the role that it plays for the package. */
export interface Dependencies {
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
}

/** Adds to a package.json the dependencies that it lacks; one that is there in another role is left there. */
export async function ensureDependencies(path: string, text: string, needs: Dependencies): Promise<FileChange> {
  const present = readJson(path, text);
  const has = (name: string): boolean => ROLES.some((role) => Object.hasOwn(Object(present[role]), name));
  const lacking = (names: readonly string[]) =>
    Object.fromEntries(names.filter((name) => !has(name)).map((name) => [name, versionOf(name)]));
  const wanted = { dependencies: lacking(needs.dependencies), devDependencies: lacking(needs.devDependencies) };
  const source = openJson(path, text);
  await mergeJson(
    source,
    Object.fromEntries(Object.entries(wanted).filter(([, more]) => Object.keys(more).length > 0)),
  );
  return jsonChangeOf(source);
}

function versionOf(name: string): string {
  return name.startsWith("@repo/") ? "workspace:*" : "catalog:";
}

/** Takes a dependency out of a package.json. */
export function withoutDependency(path: string, text: string, name: string): FileChange {
  const source = openJson(path, text);
  for (const property of source.root.properties) {
    if (property.type !== "Property" || property.value.type !== "ObjectExpression") continue;
    if (!ROLES.some((role) => role === keyOf(property))) continue;
    const list = listSpan(source, property.value);
    const entry = property.value.properties.find((candidate) => keyOf(candidate) === name);
    if (!entry) continue;
    const isLast = entry === property.value.properties.at(-1);
    const previous = list.entries[list.entries.length - 2];
    removeEntry(source, list, entry);
    if (isLast && previous) source.edits.remove(previous.end, skipTrivia(source, previous.end) + 1); // JSON has no trailing comma
  }
  return jsonChangeOf(source);
}
