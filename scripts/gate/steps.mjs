import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./workspace.mjs";

const REPORT = "--reporter=default --reporter=json --outputFile.json=node_modules/.reports/vitest.json";

/**
 * The one gate, cheap steps first. `cores` is how many of the two a step fills, `minutes` how long it may take (default 8, for a machine that does
 * other things too); `force` runs tests that a cache would replay.
 */
export function gateSteps({ force }) {
  const turbo = (task) => `turbo run ${task} --concurrency=2 --continue --output-logs=errors-only`;
  return [
    { name: "format", cores: 1, run: "prettier --check --log-level warn ." },
    { name: "lint", cores: 1, run: "eslint --max-warnings 0 ." },
    { name: "floors", cores: 1, run: "turbo boundaries" },
    { name: "shape", cores: 1, run: "node scripts/checks/workspace-shape.mjs" },
    { name: "file names", cores: 1, run: "node scripts/checks/file-names.mjs" },
    { name: "doc comments", cores: 1, run: "node scripts/checks/documented-exports.mjs" },
    { name: "tracked text", cores: 1, run: "node scripts/checks/tracked-text.mjs" },
    { name: "pinned versions", cores: 1, run: "node scripts/checks/pinned-versions.mjs" },
    { name: "advisories", cores: 1, run: "node scripts/checks/advisories.mjs" },
    { name: "dead code", cores: 1, run: "knip" },
    ...driftSteps(),
    ...(force ? [{ name: "chromium", cores: 1, run: "node scripts/ensure-chromium.mjs" }] : []), // without it tests are skipped
    { name: "types", cores: 2, run: turbo("types") },
    {
      name: "packed exports",
      cores: 2,
      minutes: 15,
      run: `${turbo("build")} && node scripts/checks/packed-exports.mjs`,
    },
    { name: "documents", cores: 2, minutes: 15, run: turbo("site") },
    { name: "tests", cores: 2, minutes: 70, run: `${turbo("test")} ${force ? "--force" : ""} -- ${REPORT}` },
    ...(force ? [{ name: "node 22 and 24", cores: 2, minutes: 40, run: "node scripts/node-versions.mjs --core" }] : []),
  ];
}

/** Each script of this folder that compares something generated with its source. */
function driftSteps() {
  return readdirSync(join(root, "scripts"))
    .filter((file) => /^(?:drift-[^.]*|[^.]*-drift)\.mjs$/.test(file))
    .map((file) => ({ name: file.replace(".mjs", ""), cores: 1, run: `node scripts/${file}` }));
}
