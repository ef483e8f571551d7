// Publishes what has a new version: builds, packs, looks at what was packed, then hands the tarballs to npm with provenance.
// Without NODE_AUTH_TOKEN, and outside a CI that signs, it stops before the registry and says what it would publish.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publishedPackages, root } from "./gate/workspace.mjs";
import { releaseProblems } from "./gate/release-problems.mjs";
import { packPackages } from "./packed/pack-packages.mjs";

const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: "inherit" });
const packages = publishedPackages();
const names = packages.map(({ manifest }) => manifest.name);
const changes = execFileSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" });
const problems = releaseProblems({ manifests: packages.map(({ manifest }) => manifest), changes });
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);

run("pnpm", "exec", "turbo", "run", "build", ...names.flatMap((name) => ["--filter", name]));
run("node", "scripts/checks/packed-exports.mjs");

const folder = mkdtempSync(join(tmpdir(), "release-"));
try {
  const tarballs = packPackages({ cwd: root, names, folder });
  const versions = packages.map(({ manifest }) => `${manifest.name}@${manifest.version}`).join(", ");
  if (!process.env.NODE_AUTH_TOKEN)
    console.log(`No NODE_AUTH_TOKEN: stopped before the registry, with ${versions} packed and sound.`);
  else for (const name of names) run("npm", "publish", tarballs.get(name), "--access", "public", "--provenance");
} finally {
  rmSync(folder, { recursive: true });
}
