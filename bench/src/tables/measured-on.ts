import { execFileSync } from "node:child_process";

/** When a run was made and of which code, for the line above its tables: rows of different runs are told apart by it. */
export function measuredOn(now: Date = new Date(), commit: () => string = headCommit): string {
  return `${now.toISOString().slice(0, 10)}, commit ${commit()}`;
}

function headCommit(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], {
      cwd: import.meta.dirname,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "unknown"; // an archive of the sources
  }
}
