import { buildPrograms } from "./build.js";
import { readOptions } from "./options.js";
import { ProfileRecorder } from "./profile/profile-recorder.js";
import type { BenchContext, Row, ScenarioResult } from "./scenario.js";
import { SCENARIOS } from "./scenarios/scenarios.js";
import { goalsTable, verdictsOf } from "./tables/goals-table.js";
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
const results: ScenarioResult[] = [];
const skipped: string[] = [];
try {
  for (const scenario of SCENARIOS) {
    const labels = filter.labelsOf(scenario, scale);
    if (labels.length === 0) continue;
    if (budget.isOver()) {
      skipped.push(scenario.title);
      continue;
    }
    log(`— ${scenario.title} (after ${Math.round(budget.spentMs / 1_000)} s)`);
    const rows: Row[] = [];
    if (!profiles) rows.push(...(await scenario.run(context, (label) => labels.includes(label))));
    else
      for (const wanted of labels) {
        rows.push(...(await scenario.run(context, (label) => label === wanted))); // one by one: a profile each
        for (const text of await profiles.summaries(`${scenario.title}: ${wanted}`)) process.stdout.write(`${text}\n`);
      }
    if (rows.length < labels.length) skipped.push(`a part of ${scenario.title}`);
    results.push({ scenario, rows });
    process.stdout.write(`${tableOf(scenario, rows)}\n`);
  }
} finally {
  await programs.remove();
}
const goals = goalsTable(results.flatMap(({ scenario, rows }) => verdictsOf(scenario, rows)));
const missing = skipped.length > 0 ? `; not measured for lack of time: ${skipped.join(", ")}` : "";
const how = `load client in ${programs.loadName}, median of ${repeats}${budget.note}${missing}`;
log(`${Math.round(budget.spentMs / 1_000)} s; ${how}.`);
if (profiles) log("Measured under the profiler: the numbers are higher than without it.");
process.stdout.write(goals);
const tables = [goals, ...results.map(({ scenario, rows }) => tableOf(scenario, rows))];
if (options.writes && skipped.length > 0)
  throw new Error("Nothing was written: the run was longer than its time. Run it again on a quieter machine.");
if (options.writes) await writeTables({ tables, headline: headlineOf(results), how });
