// Publishes the packages that the registry does not have at their version: builds, checks what is packed, then publishes it by npm with provenance.
// Where neither NODE_AUTH_TOKEN nor a CI's identity (trusted publishing) is there, it stops before the registry and prints what it would publish.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { releaseProblems } from "./gate/release-problems.mjs";
import { publishedPackages, root } from "./gate/workspace.mjs";
import { packPackages } from "./packed/pack-packages.mjs";

const { NODE_AUTH_TOKEN, ACTIONS_ID_TOKEN_REQUEST_URL } = process.env;
const isPublishing = Boolean(NODE_AUTH_TOKEN ?? ACTIONS_ID_TOKEN_REQUEST_URL);
const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: "inherit" });
const manifests = publishedPackages().map(({ manifest }) => manifest);
const names = manifests.map(({ name }) => name);
const changes = execFileSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" });
const problems = releaseProblems({ manifests, changes, isPublishing });
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);

run("pnpm", "exec", "turbo", "run", "build", ...names.flatMap((name) => ["--filter", name]));
run("node", "scripts/checks/packed-exports.mjs");

const folder = mkdtempSync(join(tmpdir(), "release-"));
try {
  const tarballs = packPackages({ cwd: root, names, folder });
  const releases = manifests.map(({ name, version }) => `${name}@${version}`).join(", ");
  if (!isPublishing) console.log(`No token: stopped before the registry, with ${releases} packed and sound.`);
  else for (const manifest of manifests.filter(isMissing)) publish(tarballs.get(manifest.name));
} finally {
  rmSync(folder, { recursive: true });
}

/** A run that was interrupted is finished by the next one. */
function isMissing({ name, version }) {
  return (
    spawnSync("npm", ["view", `${name}@${version}`, "version"], { cwd: root, encoding: "utf8" }).stdout.trim() !==
    version
  );
}

function publish(tarball) {
  run("npm", "publish", tarball, "--access", "public", "--provenance");
}
