// `pnpm bench:live [--short] [--write]`: what live queries cost, beside a hand-written LISTEN + refetch and PGlite's live.query.
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { format } from "prettier";
import { tableOf, type Measurement } from "../postgres/measurement.js";
import { PostgresBed } from "../postgres/postgres-bed.js";
import { measuredOn } from "../tables/measured-on.js";
import { between, READMES } from "../tables/write-tables.js";
import { changeToResult } from "./change-to-result.js";
import { engineThroughput, liveDecisions } from "./engine-throughput.js";

const isShort = process.argv.includes("--short");
const bed = await PostgresBed.start();
const rows: Measurement[] = [];
try {
  const scenarios = [
    () => liveDecisions(bed, isShort ? 5 : 40),
    () =>
      engineThroughput(bed, isShort ? { queries: 10_000, changes: 20_000 } : { queries: 100_000, changes: 100_000 }),
    () => changeToResult(bed, isShort ? 10 : 100),
  ];
  for (const measure of scenarios) {
    const measured = await measure();
    rows.push(...measured);
    process.stderr.write(`${tableOf(measured)}\n`);
  }
} finally {
  await bed.close();
}
const [{ model = "an unknown CPU" } = {}] = cpus();
const how = `\`pnpm bench:live --write\` on ${measuredOn()}: ${cpus().length} × ${model.trim()}, Postgres ${bed.version}, Node ${process.version}; the server shares the machine.`;
process.stdout.write(`${tableOf(rows)}\n`);
if (process.argv.includes("--write")) {
  const text = between(await readFile(READMES.bench, "utf8"), "live", `${how}\n\n${tableOf(rows)}`);
  await writeFile(READMES.bench, await format(text, { parser: "markdown", printWidth: 120 }));
}
