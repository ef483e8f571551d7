import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseJson } from "jsonc-parser";
import { minimatch } from "minimatch";
import { parse as parseYaml } from "yaml";
import { matchesAny } from "./matches-any.ts";
import { packageName } from "./package-name.ts";

/** A package of a workspace. */
export interface WorkspaceMember {
  readonly name: string;
  /** Relative to the workspace's root, with forward slashes. */
  readonly folder: string;
  /** The `tags` of its turbo.json, which `turbo boundaries` reads too. */
  readonly tags: readonly string[];
}

/** Finds the package that a file or an import belongs to. */
export interface Workspace {
  readonly members: readonly WorkspaceMember[];
  memberOfPath(path: string): WorkspaceMember | undefined;
  memberOfSpecifier(specifier: string): WorkspaceMember | undefined;
}

const workspaces = new Map<string, Workspace>(); // read once per process: every file needs it

/** The packages of the workspace at this root, as they were when the process first needed them. */
export function workspaceAt(root: string): Workspace {
  const known = workspaces.get(root);
  if (known) return known;
  const workspace = workspaceOf(memberFolders(root).map((folder) => readMember(root, folder)));
  workspaces.set(root, workspace);
  return workspace;
}

function workspaceOf(members: readonly WorkspaceMember[]): Workspace {
  const byFolder = new Map(members.map((member) => [member.folder, member]));
  const byName = new Map(members.map((member) => [member.name, member]));
  const memberOfPath = (path: string): WorkspaceMember | undefined => {
    const end = path.lastIndexOf("/");
    return byFolder.get(path) ?? (end < 0 ? undefined : memberOfPath(path.slice(0, end)));
  };
  return { members, memberOfPath, memberOfSpecifier: (specifier) => byName.get(packageName(specifier) ?? "") };
}

function memberFolders(root: string): readonly string[] {
  const globs = memberGlobs(root).map((glob) => glob.replace(/^(!?)\.\//, "$1").replace(/\/$/, ""));
  const excluded = globs.flatMap((glob) => (glob.startsWith("!") ? [glob.slice(1)] : []));
  const found = globs.filter((glob) => !glob.startsWith("!")).flatMap((glob) => expand(root, "", glob.split("/")));
  return [...new Set(found)].filter((folder) => folder !== "" && !matchesAny(folder, excluded));
}

function memberGlobs(root: string): readonly string[] {
  const yaml = join(root, "pnpm-workspace.yaml");
  if (existsSync(yaml)) return parseYaml(readFileSync(yaml, "utf8"))?.packages ?? [];
  const workspaces = readJson(join(root, "package.json"))["workspaces"];
  const globs = Array.isArray(workspaces) ? workspaces : (workspaces as { packages?: unknown } | undefined)?.packages;
  return Array.isArray(globs) ? globs.map(String) : [];
}

/** The folders with a package.json that a glob names, segment by segment. */
function expand(root: string, folder: string, [segment, ...rest]: readonly string[]): readonly string[] {
  if (segment === undefined) return existsSync(join(root, folder, "package.json")) ? [folder] : [];
  if (segment === "**")
    return [
      ...expand(root, folder, rest),
      ...subfolders(root, folder).flatMap((name) => expand(root, join(folder, name), [segment, ...rest])),
    ];
  return subfolders(root, folder)
    .filter((name) => minimatch(name, segment))
    .flatMap((name) => expand(root, folder === "" ? name : `${folder}/${name}`, rest));
}

function subfolders(root: string, folder: string): readonly string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() && entry.name !== "node_modules" ? [entry.name] : []));
}

function readMember(root: string, folder: string): WorkspaceMember {
  const { name } = readJson(join(root, folder, "package.json"));
  const file = ["turbo.json", "turbo.jsonc"].map((one) => join(root, folder, one)).find(existsSync);
  const tags = file === undefined ? [] : readJson(file)["tags"];
  return { name: String(name ?? folder), folder, tags: Array.isArray(tags) ? tags.map(String) : [] };
}

function readJson(file: string): Readonly<Record<string, unknown>> {
  return existsSync(file) ? (parseJson(readFileSync(file, "utf8")) ?? {}) : {};
}
