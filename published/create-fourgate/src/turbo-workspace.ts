import { parse } from "jsonc-parser";
import type { Manifest } from "./manifest.js";
import type { ProjectFiles } from "./project-folder.js";

/** What a turbo workspace shows of itself. */
export interface TurboWorkspace {
  readonly packageManager: "pnpm" | "yarn" | "bun" | "npm";
  /** The version that one package of the workspace gives for another. */
  readonly own: "workspace:*" | "*";
  /** `turbo.json` or `turbo.jsonc`. */
  readonly turboFile: string;
  /** Whether this turbo reads tags and boundaries. */
  readonly hasTags: boolean;
  /** The task that checks types. */
  readonly typesTask: string;
  readonly typescript: string;
  /** Whether packages/eslint-config has the shared config that create-turbo makes. */
  readonly hasSharedLint: boolean;
  readonly eslint: string;
  /** Where apps/web keeps its code, if it is a Next app: `apps/web/` or `apps/web/src/`. */
  readonly nextFolder: string | undefined;
}

const TURBO_FILES = ["turbo.json", "turbo.jsonc"];
const TYPES_TASKS = ["check-types", "types", "typecheck", "type-check"];

/** Whether the folder is the root of a turbo workspace. */
export function isTurboWorkspace(folder: ProjectFiles): boolean {
  const isWorkspace = folder.has("pnpm-workspace.yaml") || folder.manifest()?.workspaces !== undefined;
  return isWorkspace && TURBO_FILES.some((file) => folder.has(file));
}

/** Reads the workspace. Throws an Error where packages/ is no part of it. */
export function readTurboWorkspace(folder: ProjectFiles): TurboWorkspace {
  refuseWithoutPackages(folder);
  const root = folder.manifest() ?? {};
  const web = folder.manifest("apps/web/package.json") ?? {};
  const turboFile = TURBO_FILES.find((file) => folder.has(file)) ?? "turbo.json";
  const tasks = taskNames(folder.read(turboFile) ?? "");
  const packageManager = packageManagerOf(folder);
  return {
    packageManager,
    own: packageManager === "pnpm" ? "workspace:*" : "*",
    turboFile,
    hasTags: readsTags(versionOf("turbo", [root])),
    typesTask: TYPES_TASKS.find((name) => tasks.includes(name)) ?? "check-types",
    typescript: versionOf("typescript", [root, web]) ?? "^5.9.0",
    hasSharedLint: hasSharedLint(folder),
    eslint: versionOf("eslint", [web, root]) ?? "^9.39.0",
    nextFolder: versionOf("next", [web]) && (folder.has("apps/web/src/app") ? "apps/web/src/" : "apps/web/"),
  };
}

function refuseWithoutPackages(folder: ProjectFiles): void {
  const [file, isListed] = folder.has("pnpm-workspace.yaml")
    ? ["pnpm-workspace.yaml", /^\s*-\s*["']?(\.\/)?packages\/\*/m.test(folder.read("pnpm-workspace.yaml") ?? "")]
    : ["package.json", /"(\.\/)?packages\/\*/.test(JSON.stringify(folder.manifest()?.workspaces))];
  if (!isListed)
    throw new Error(`Nothing was written: ${file} does not list packages/*, where the packages would be. Add it.`);
}

function packageManagerOf(folder: ProjectFiles): TurboWorkspace["packageManager"] {
  if (folder.has("pnpm-workspace.yaml")) return "pnpm";
  if (folder.has("yarn.lock")) return "yarn";
  return folder.has("bun.lock") || folder.has("bun.lockb") ? "bun" : "npm";
}

function taskNames(text: string): readonly string[] {
  const { tasks = {} } = (parse(text) ?? {}) as { readonly tasks?: object };
  return Object.keys(tasks);
}

/** Since 2.4; a version that is not written out, as `latest`, is taken for a new one. */
function readsTags(version: string | undefined): boolean {
  const [, major, minor = "0"] = /(\d+)(?:\.(\d+))?/.exec(version ?? "") ?? [];
  return major === undefined || Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 4);
}

function versionOf(name: string, manifests: readonly Manifest[]): string | undefined {
  const versions = manifests.map(
    ({ dependencies, devDependencies }) => devDependencies?.[name] ?? dependencies?.[name],
  );
  return versions.find((version) => version !== undefined);
}

function hasSharedLint(folder: ProjectFiles): boolean {
  const { name, exports = {} } = folder.manifest("packages/eslint-config/package.json") ?? {};
  if (name !== "@repo/eslint-config" || exports["./base"] !== "./base.js") return false;
  return /^export const config\b/m.test(folder.read("packages/eslint-config/base.js") ?? "");
}
