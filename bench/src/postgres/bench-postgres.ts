// `pnpm bench:postgres [--short] [--write]`: what realtime from Postgres costs, beside the bare mechanisms in the same run.
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { format } from "prettier";
import { measuredOn } from "../tables/measured-on.js";
import { between, READMES } from "../tables/write-tables.js";
import { changeToClient } from "./change-to-client.js";
import { decisions } from "./decisions.js";
import { tableOf, type Measurement } from "./measurement.js";
import { PostgresBed } from "./postgres-bed.js";
import { relayThroughput } from "./relay-throughput.js";
import { revocation } from "./revocation.js";
import { writeRate } from "./write-rate.js";

const isShort = process.argv.includes("--short");
const [rounds, ms] = isShort ? [1, 1_500] : [3, 6_000];
const bed = await PostgresBed.start();
const rows: Measurement[] = [];
try {
  const scenarios = [
    () => decisions(bed, isShort ? 2 : 15),
    () => revocation(bed, isShort ? 10 : 200),
    () => relayThroughput(bed, rounds, isShort ? 5_000 : 40_000),
    () => changeToClient(bed, rounds, ms),
    () => writeRate(bed, rounds, ms),
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
const how = `\`pnpm bench:postgres --write\` on ${measuredOn()}: ${cpus().length} × ${model.trim()}, Postgres ${bed.version}, Node ${process.version}; server, node, writers and subscribers share the machine; median of ${rounds}.`;
process.stdout.write(`${tableOf(rows)}\n`);
if (process.argv.includes("--write")) {
  const text = between(await readFile(READMES.bench, "utf8"), "postgres", `${how}\n\n${tableOf(rows)}`);
  await writeFile(READMES.bench, await format(text, { parser: "markdown", printWidth: 120 }));
}
