// The members of the workspace, as the checks need them.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json and pnpm-workspace.yaml. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Every member except the root itself: its folder and its manifest. */
export function members(cwd = root) {
  const listed = execFileSync("pnpm", ["-r", "list", "--depth", "-1", "--json"], { cwd, encoding: "utf8" });
  return JSON.parse(listed)
    .filter(({ path }) => path !== cwd)
    .map(({ path }) => ({ folder: path, manifest: JSON.parse(readFileSync(join(path, "package.json"), "utf8")) }));
}

/** The members that are published: their manifest states how. */
export function publishedPackages(cwd = root) {
  return members(cwd).filter(({ manifest }) => manifest.publishConfig !== undefined);
}

/** A member's configuration of turbo, where it has one; its file may hold comments, each on a line of its own. */
export function turboOf(folder) {
  const file = join(folder, "turbo.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8").replaceAll(/^\s*\/\/.*$/gm, "")) : undefined;
}
