import { buildPrograms } from "./build.js";
import { readOptions } from "./options.js";
import { SCENARIOS } from "./scenarios/scenarios.js";
import { missedGoals, tableOf } from "./table.js";
import { writeTables } from "./write-tables.js";

const options = readOptions(process.argv.slice(2), SCENARIOS.map(({ name }) => name)); // prettier-ignore
const programs = await buildPrograms(options.wantsC);
const say = (text: string) => process.stderr.write(`${text}\n`);
const context = { programs, say, contenders: options.contenders, isQuick: options.isQuick, repeats: options.repeats };
const tables: string[] = [];
for (const scenario of SCENARIOS) {
  if (options.only.length > 0 && !options.only.includes(scenario.name)) continue;
  say(`— ${scenario.title}`);
  const rows = await scenario.run(context);
  const missed = missedGoals(rows).map((words) => `- missed: ${words}\n`);
  tables.push([tableOf(scenario, rows), ...missed].join("\n"));
  process.stdout.write(`${tables.at(-1)}\n`);
}
if (options.writes) await writeTables(tables, `load client in ${programs.loadName}, median of ${options.repeats}`);
