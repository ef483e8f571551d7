import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/**
 * The file under lint as its workspace spells it: relative to the workspace's root, with forward slashes.
 * The root is the nearest folder above the file that declares a workspace, so lint run inside a package, or an editor
 * opened above the repository, judges a file the same way. Without one it is the folder that lint was started in.
 */
export function workspacePath({ cwd, filename }: { readonly cwd: string; readonly filename: string }): string {
  const file = resolve(cwd, filename);
  return relative(rootAbove(dirname(file)) ?? cwd, file).replaceAll("\\", "/");
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
