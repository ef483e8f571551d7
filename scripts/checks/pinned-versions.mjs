// Releases below these had vulnerabilities that affect us (listed in docs/security.md): no copy in the lock file may be older.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../gate/workspace.mjs";

const FLOORS = { ws: "8.21.1", "engine.io": "6.6.7", "socket.io-parser": "4.2.7", next: "16.2.11" };

/** What the lock file installs below its floor, or not at all: a floor for nothing guards nothing. */
export function pinProblems(lockFile, floors = FLOORS) {
  const locked = [...lockFile.matchAll(/^ {2}'?(@?[^@'\s]+)@([^:'(]+)'?:$/gm)].map(([, name, version]) => ({
    name,
    version,
  }));
  return Object.entries(floors).flatMap(([name, floor]) => {
    const found = locked.filter((entry) => entry.name === name);
    if (found.length === 0) return [`${name} is not in the lock file: take its floor out of pinned-versions.mjs`];
    return found
      .filter(({ version }) => isBelow(version, floor))
      .map(({ version }) => `${name} ${version} is below ${floor}`);
  });
}

/** A pre-release of the floor is below it. */
function isBelow(version, floor) {
  const order = floor.localeCompare(version.split("-")[0], "en", { numeric: true });
  return order > 0 || (order === 0 && version.includes("-"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = pinProblems(readFileSync(join(root, "pnpm-lock.yaml"), "utf8"));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
