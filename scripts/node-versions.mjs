// Runs the unit and contract suites under the Node versions that users have: `pnpm test:node-versions`.
// --node 24: one version; --package realtime-ws: one package; --core: only the core, its contracts and the transports, as the gate does.
import { execFileSync } from "node:child_process";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runStep } from "./gate/run-step.mjs";
import { runSteps } from "./gate/run-steps.mjs";
import { members, root, turboOf } from "./gate/workspace.mjs";

const VERSIONS = ["22", "24"]; // the long-term support releases; what runs this script is tested by `npm test`
const DATABASE_SUITES = ["packages/realtime-postgres", "packages/postgres-testing"]; // minutes each; the gate runs them under one version
const CORE_TAGS = ["core", "adapter", "tool"]; // below packages/ the tools are core-testing, with the contracts, and postgres-testing

/** The suites to run: all below packages/ and chaos/, or those that are requested. */
export function suitesOf(candidates, { packages, isCore }) {
  return candidates.filter(({ place, tag, hasTests }) => {
    const isSuite = hasTests && (place.startsWith("packages/") || place === "chaos");
    const isWanted = packages.length === 0 || packages.some((name) => place === name || place.endsWith(`/${name}`));
    return isSuite && isWanted && (!isCore || isCoreSuite(place, tag));
  });
}

function isCoreSuite(place, tag) {
  return place.startsWith("packages/") && CORE_TAGS.includes(tag) && !DATABASE_SUITES.includes(place);
}

/** One step for each suite under each version. */
export function stepsOf(suites, nodes) {
  return nodes.flatMap(({ version, path }) =>
    suites.map(({ place, folder }) => ({
      name: `node ${version} ${place.replace("packages/", "")}`,
      cores: 1,
      minutes: 20,
      folder,
      run: `PATH="${dirname(path)}:$PATH" "${path}" node_modules/vitest/vitest.mjs run --reporter=dot`,
    })),
  );
}

/** npm's package `node` carries the binary of its version. */
function fetchNode(version) {
  const path = execFileSync("npx", ["--yes", "-p", `node@${version}`, "node", "-p", "process.execPath"], {
    encoding: "utf8",
  }).trim();
  return { version, path };
}

function candidates() {
  return members().map(({ folder, manifest }) => ({
    folder,
    place: relative(root, folder),
    tag: turboOf(folder)?.tags?.[0],
    hasTests: manifest.scripts?.test !== undefined,
  }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      node: { type: "string", multiple: true, default: VERSIONS },
      package: { type: "string", multiple: true, default: [] },
      core: { type: "boolean", default: false },
    },
  });
  const suites = suitesOf(candidates(), { packages: values.package, isCore: values.core });
  const steps = stepsOf(suites, values.node.map(fetchNode));
  if (steps.length === 0) throw new TypeError(`No package is called ${values.package.join(" or ")}.`);
  const outcomes = await runSteps(steps, { run: (step) => runStep(step, { cwd: step.folder }) });
  process.exitCode = outcomes.every(({ passed }) => passed) ? 0 : 1;
}
