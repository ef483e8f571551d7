import { spawnSync } from "node:child_process";

/** A repository's history, as git has it. */
export interface GitHistory {
  /** The commit that is checked out; undefined where the folder is no repository, or git is not there. */
  readonly commit: string | undefined;
  /** A file as it was; undefined where it, or the commit, is not there. */
  readAt(commit: string, path: string): string | undefined;
}

/** The history of the repository whose root is this folder. */
export function gitHistory(folder: string): GitHistory {
  return {
    get commit() {
      return git(folder, "rev-parse", "--verify", "HEAD")?.trim();
    },
    readAt: (commit, path) => (/^[0-9a-f]{7,64}$/.test(commit) ? git(folder, "show", `${commit}:${path}`) : undefined),
  };
}

function git(cwd: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync("git", args, { cwd, encoding: "utf8", maxBuffer: 64_000_000 });
  return status === 0 ? stdout : undefined;
}
