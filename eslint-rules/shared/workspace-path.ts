import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/**
 * The file under lint as its workspace spells it: relative to the workspace's root, with forward slashes.
 * The root is the nearest folder above the file that declares a workspace, so lint run inside a package, or an editor
 * opened above the repository, judges a file the same way. Without one it is the folder that lint was started in.
 */
export function workspacePath(context: FileUnderLint): string {
  return relative(workspaceRoot(context), resolve(context.cwd, context.filename)).replaceAll("\\", "/");
}

/** Where lint was started, and the file: an ESLint rule context has both. */
interface FileUnderLint {
  readonly cwd: string;
  readonly filename: string;
}

/** The folder that `workspacePath` is relative to. */
export function workspaceRoot({ cwd, filename }: FileUnderLint): string {
  return rootAbove(dirname(resolve(cwd, filename))) ?? cwd;
}

const roots = new Map<string, string | undefined>(); // every file asks, few folders answer

function rootAbove(folder: string): string | undefined {
  if (roots.has(folder)) return roots.get(folder);
  const parent = dirname(folder);
  const root = declaresWorkspace(folder) ? folder : parent === folder ? undefined : rootAbove(parent);
  roots.set(folder, root);
  return root;
}

function declaresWorkspace(folder: string): boolean {
  if (existsSync(join(folder, "pnpm-workspace.yaml"))) return true;
  const manifest = join(folder, "package.json");
  return existsSync(manifest) && /"workspaces"\s*:/.test(readFileSync(manifest, "utf8"));
}
