import { buildPrograms } from "./build.js";
import { goalsTable, verdictsOf } from "./goals-table.js";
import { headlineOf } from "./headline.js";
import { readOptions } from "./options.js";
import type { Answer } from "./scenario.js";
import { SCENARIOS } from "./scenarios/scenarios.js";
import { tableOf } from "./table.js";
import { writeTables } from "./write-tables.js";

const options = readOptions(process.argv.slice(2), SCENARIOS.map(({ name }) => name)); // prettier-ignore
const programs = await buildPrograms(options.wantsC);
const say = (text: string) => process.stderr.write(`${text}\n`);
const context = { programs, say, contenders: options.contenders, isQuick: options.isQuick, repeats: options.repeats };
const answers: Answer[] = [];
try {
  for (const scenario of SCENARIOS) {
    if (options.only.length > 0 && !options.only.includes(scenario.name)) continue;
    say(`— ${scenario.title}`);
    const rows = await scenario.run(context);
    answers.push({ scenario, rows });
    process.stdout.write(`${tableOf(scenario, rows)}\n`);
  }
} finally {
  await programs.remove();
}
const goals = goalsTable(answers.flatMap(({ scenario, rows }) => verdictsOf(scenario, rows)));
process.stdout.write(goals);
const tables = [goals, ...answers.map(({ scenario, rows }) => tableOf(scenario, rows))];
const how = `load client in ${programs.loadName}, median of ${options.repeats}`;
if (options.writes) await writeTables({ tables, headline: headlineOf(answers), how });
