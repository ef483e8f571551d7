// `pnpm check`, the one gate: what passes here passes in CI.
import { runSteps } from "./gate/run-steps.mjs";
import { gateSteps } from "./gate/steps.mjs";

const outcomes = await runSteps(gateSteps({ force: Boolean(process.env.CI) }));
const failed = outcomes.filter(({ passed }) => !passed);
console.log(failed.length === 0 ? "\nAll checks passed." : `\nFailed: ${failed.map(({ name }) => name).join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
