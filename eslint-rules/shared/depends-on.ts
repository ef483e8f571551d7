import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "jsonc-parser";
import { matchesAny } from "./matches-any.ts";

const ROLES = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"] as const;

type Manifest = { readonly [Role in (typeof ROLES)[number]]?: Readonly<Record<string, string>> };

const folders = new Map<string, readonly string[]>(); // read once per process: every file needs it

/** Whether the package that the file is in depends, in whatever role, on a package with one of these names. */
export function dependsOn(
  { cwd, filename }: { readonly cwd: string; readonly filename: string },
  names: readonly string[],
): boolean {
  return dependenciesAt(dirname(resolve(cwd, filename))).some((name) => matchesAny(name, names));
}

/** The dependencies in the nearest package.json; none where there is none. */
function dependenciesAt(folder: string): readonly string[] {
  const known = folders.get(folder);
  if (known) return known;
  const file = join(folder, "package.json");
  const parent = dirname(folder);
  const found = existsSync(file) ? dependenciesIn(file) : parent === folder ? [] : dependenciesAt(parent);
  folders.set(folder, found);
  return found;
}

function dependenciesIn(file: string): readonly string[] {
  const manifest: Manifest = parse(readFileSync(file, "utf8")) ?? {}; // somebody may be typing in it
  return ROLES.flatMap((role) => Object.keys(manifest[role] ?? {}));
}
