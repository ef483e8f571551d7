// What `npm test` runs: the gate, then the end-to-end tests in a real browser, and the demo's container without Docker. Its last line is `N passed, N failed`.
import { runSteps } from "./gate/run-steps.mjs";
import { gateSteps } from "./gate/steps.mjs";
import { clearReports, tally } from "./gate/tally.mjs";
import { members } from "./gate/workspace.mjs";

// The files of the demo's container, made and started as its Dockerfile does, with the container's Node.
const IMAGE =
  "cd apps/web-next && npx --yes -p node@24 -c 'node scripts/assemble-image.mjs && node scripts/measure-image.mjs'";

const packages = members();
clearReports(packages);
const outcomes = await runSteps([
  ...gateSteps({ force: true }),
  { name: "end to end", cores: 2, minutes: 60, run: "node scripts/e2e.mjs" },
  { name: "image", cores: 2, minutes: 15, run: IMAGE },
]);

const { passed, failed, skipped, missing } = tally(packages);
const red = outcomes.filter((outcome) => !outcome.passed);
if (red.length > 0) console.log(`\nFailed: ${red.map(({ name }) => name).join(", ")}`);
if (missing.length > 0) console.log(`\nNo report of: ${missing.join(", ")}`);
if (skipped > 0) console.log(`\n${skipped} skipped`);

const failures = Math.max(failed + missing.length, red.length); // a red step without a failed test, such as lint, counts as one
console.log(`\n${passed} passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
