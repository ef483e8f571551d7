import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** The files that are ours: what git tracks, or, where there is no git, all but the folders that .gitignore names. */
export function sourceFiles(root) {
  const safe = ["-c", "safe.directory=*"]; // CI often mounts a checkout of another user
  const git = spawnSync("git", [...safe, "ls-files", "-z"], { cwd: root, encoding: "utf8" });
  if (git.status === 0) return git.stdout.split("\0").filter(Boolean);
  const ignored = readFileSync(join(root, ".gitignore"), "utf8")
    .split("\n")
    .map((line) => line.replace(/\/$/, ""));
  return walk(root, new Set([".git", ...ignored])).map((file) => relative(root, file));
}

function walk(folder, ignored) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !ignored.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? walk(path, ignored) : entry.isFile() ? [path] : [];
    });
}
