// Torture of Postgres: `pnpm --filter @repo/chaos torture --seconds 120`. Ends with 1 where anything was lost, doubled or out of order, and where nothing was harmed or published.
import { parseArgs } from "node:util";
import { runTorture } from "./torture-run";

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== "--"),
  options: {
    seconds: { type: "string", default: "300" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    "every-ms": { type: "string", default: "3000" },
    "stop-every": { type: "string", default: "5" },
    version: { type: "string", default: "18" },
  },
});
const seed = Number(values.seed);
process.stdout.write(`seed ${seed}\n`);
const outcome = await runTorture({
  seconds: Number(values.seconds),
  seed,
  everyMs: Number(values["every-ms"]),
  stopEvery: Number(values["stop-every"]),
  version: Number(values.version),
});
process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
const { lost, duplicated, outOfOrder, phantoms, differing, gaps, kills, stops, acknowledged } = outcome;
const isHarmless = Math.min(kills, stops, acknowledged) === 0; // it has shown nothing
process.exitCode = !isHarmless && lost + duplicated + outOfOrder + phantoms + differing + gaps === 0 ? 0 : 1;
