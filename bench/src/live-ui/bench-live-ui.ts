// `pnpm bench:live-ui [--short] [--only name] [--write]`: what server-driven pages cost, beside other frameworks' formats and bare servers.
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { tableOf, type Measurement } from "../postgres/measurement.js";
import { measuredOn } from "../tables/measured-on.js";
import { between, READMES } from "../tables/write-tables.js";
import { LIVE_UI_SCENARIOS } from "./page-scenarios.js";

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== "--"), // pnpm passes it on
  options: {
    short: { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [] },
    write: { type: "boolean", default: false },
  },
});
const unknown = values.only.find((name) => !Object.hasOwn(LIVE_UI_SCENARIOS, name));
if (unknown !== undefined)
  throw new TypeError(`--only "${unknown}": there are ${Object.keys(LIVE_UI_SCENARIOS).join(", ")}.`);
if (values.write && values.only.length > 0) throw new TypeError("--write takes a whole run: leave --only out.");
const rows: Measurement[] = [];
for (const [name, measure] of Object.entries(LIVE_UI_SCENARIOS)) {
  if (values.only.length > 0 && !values.only.includes(name)) continue;
  const measured = await measure(values.short ? "short" : "full");
  rows.push(...measured);
  process.stderr.write(`${tableOf(measured)}\n`);
}
process.stdout.write(`${tableOf(rows)}\n`);
if (values.write) {
  const [{ model = "an unknown CPU" } = {}] = cpus();
  const how = `\`pnpm bench:live-ui${values.short ? " --short" : ""} --write\` on ${measuredOn()}: ${cpus().length} × ${model.trim()}, Node ${process.version}; servers and clients share the machine.`;
  const text = between(await readFile(READMES.bench, "utf8"), "live-ui", `${how}\n\n${tableOf(rows)}`);
  await writeFile(READMES.bench, await format(text, { parser: "markdown", printWidth: 120 }));
}
