import { jsonChangeOf, openJson, readJson } from "../code/json-source.js";
import { mergeJson } from "../code/merge-json.js";
import type { Change } from "../workspace/change.js";

const ROLES = ["dependencies", "devDependencies", "peerDependencies"] as const;

/** What generated code imports, by the role that it plays for the package. */
export interface Dependencies {
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
}

/** Adds to a package.json the dependencies that it lacks; one that is there in another role is left there. */
export async function ensureDependencies(path: string, text: string, needs: Dependencies): Promise<Change> {
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
