import { buildPrograms } from "./build.js";
import { readOptions } from "./options.js";
import { ProfileRecorder } from "./profile/profile-recorder.js";
import type { BenchContext } from "./scenario.js";
import { runScenarios } from "./scenario-runs.js";
import { SCENARIOS } from "./scenarios/scenarios.js";
import { goalsTable, resultsOf } from "./tables/goals-table.js";
import { headlineOf } from "./tables/headline.js";
import { tableOf } from "./tables/table.js";
import { writeTables } from "./tables/write-tables.js";
import { TimeBudget } from "./time-budget.js";

const options = readOptions(process.argv.slice(2), SCENARIOS);
const { scale, filter, contenders, repeats } = options;
const budget = new TimeBudget(scale, () => performance.now());
const programs = await buildPrograms(options.wantsC);
const profiles = options.profiles ? new ProfileRecorder(programs.server) : undefined;
const log = (text: string) => process.stderr.write(`${text}\n`);
const print = (text: string) => process.stdout.write(`${text}\n`);
const context: BenchContext = {
  programs,
  contenders,
  scale,
  repeats,
  profiles,
  log,
  isLate: () => budget.isLate(),
  isOver: () => budget.isOver(),
};
const report = {
  filter,
  spentMs: () => budget.spentMs,
  onResult: ({ scenario, rows }: Parameters<typeof headlineOf>[0][number]) => print(tableOf(scenario, rows)),
  onProfile: print,
};
const { results, skipped, failed } = await runScenarios(SCENARIOS, context, report).finally(() => programs.remove());
const goals = goalsTable(results.flatMap(({ scenario, rows }) => resultsOf(scenario, rows)));
const missing = skipped.length > 0 ? `; not measured for lack of time: ${skipped.join(", ")}` : "";
const how = `load client in ${programs.loadName}, median of ${repeats}${budget.note}${missing}`;
log(`${Math.round(budget.spentMs / 1_000)} s; ${how}.`);
if (profiles) log("Measured under the profiler: the numbers are higher than without it.");
print(goals);
const tables = [goals, ...results.map(({ scenario, rows }) => tableOf(scenario, rows))];
for (const failure of failed) log(`FAILED: ${failure}`);
if (failed.length > 0 || (options.writes && skipped.length > 0)) process.exitCode = 1;
if (options.writes && failed.length > 0) log("Nothing was written: a scenario failed.");
else if (options.writes && skipped.length > 0)
  log("Nothing was written: the run was longer than its time. Run it again on a quieter machine.");
else if (options.writes) await writeTables({ tables, headline: headlineOf(results), how });
