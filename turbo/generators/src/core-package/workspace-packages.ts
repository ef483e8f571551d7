import { isJsonObject, readJson, type JsonObject } from "../code/json-source.js";
import type { Tree } from "../workspace/tree.js";

/** A package of a workspace. */
export interface WorkspacePackage {
  readonly name: string;
  readonly folder: string;
  /** The packages that it asks for, and in which versions, whatever the role. */
  readonly needs: Readonly<Record<string, string>>;
}

const FOLDERS = ["packages"]; // each folder in these is a package
const ALONE = ["eslint-rules", "published/create-fourgate", "turbo/generators"]; // and so are these

// A later one wins: a peer's range is not the version that is installed.
const ROLES = ["peerDependencies", "optionalDependencies", "dependencies", "devDependencies"];

/** The packages of a workspace, by name. */
export function workspacePackages(tree: Tree): ReadonlyMap<string, WorkspacePackage> {
  const below = FOLDERS.flatMap((folder) => tree.list(folder).map(({ name }) => `${folder}/${name}`));
  const found = [...below, ...ALONE].flatMap((folder) => packageIn(tree, folder) ?? []);
  return new Map(found.map((one) => [one.name, one]));
}

/** A package by its folder. */
export function packageIn(tree: Tree, folder: string): WorkspacePackage | undefined {
  const path = `${folder}/package.json`;
  const text = tree.read(path);
  if (text === undefined) return undefined;
  const manifest = readJson(path, text);
  const needs = ROLES.flatMap((role) => Object.entries(versionsIn(manifest, role)));
  return { name: String(manifest["name"] ?? folder), folder, needs: Object.fromEntries(needs) };
}

/** Packages and all packages of the workspace that they ask for, in turn. */
export function closure(
  packages: ReadonlyMap<string, WorkspacePackage>,
  names: readonly string[],
): readonly WorkspacePackage[] {
  const found = new Map<string, WorkspacePackage>();
  const visit = (name: string): void => {
    const one = packages.get(name);
    if (!one || found.has(name)) return;
    found.set(name, one);
    for (const [need, version] of Object.entries(one.needs)) if (version.startsWith("workspace:")) visit(need);
  };
  names.forEach(visit);
  return [...found.values()];
}

function versionsIn(manifest: JsonObject, role: string): Readonly<Record<string, string>> {
  const versions = manifest[role];
  if (!isJsonObject(versions)) return {};
  return Object.fromEntries(Object.entries(versions).map(([name, version]) => [name, String(version)]));
}
