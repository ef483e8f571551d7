// Packs everything that is published, and looks at what came out: publint, are-the-types-wrong, and Node itself.
// Needs a build: `turbo run build` comes first.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publishedPackages, root } from "../gate/workspace.mjs";
import { importProblems } from "../packed/import-problems.mjs";
import { installPacked } from "../packed/install-packed.mjs";
import { manifestProblems } from "../packed/manifest-problems.mjs";
import { packPackages } from "../packed/pack-packages.mjs";
import { sizeProblems } from "../packed/size-problems.mjs";
import { typeProblems } from "../packed/type-problems.mjs";

const folder = mkdtempSync(join(tmpdir(), "packed-"));
try {
  const published = publishedPackages();
  const tarballs = packPackages({ cwd: root, names: published.map(({ manifest }) => manifest.name), folder });
  const packages = published.map((member) => ({ ...member, tarball: tarballs.get(member.manifest.name) }));
  const problems = [];
  for (const { manifest, tarball } of packages) {
    const bytes = readFileSync(tarball);
    const found = [...(await manifestProblems(bytes)), ...(await typeProblems(bytes))];
    problems.push(...found.map((problem) => `${manifest.name}: ${problem}`));
  }
  installPacked(packages, folder);
  problems.push(...importProblems(packages, folder));
  problems.push(...(await sizeProblems(tarballs.get("fourgate"), folder)));
  for (const problem of problems) console.error(problem);
  console.log(`${packages.length} packages packed, ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
