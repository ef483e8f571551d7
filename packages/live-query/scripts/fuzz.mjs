import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

// The long run: pnpm --filter @repo/live-query fuzz -- --seconds 60 --seed 7
const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== "--"),
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
  },
});
const { status } = spawnSync("npx", ["vitest", "run", "src/testing/fuzz/fuzz.test.ts"], {
  stdio: "inherit",
  env: { ...process.env, FUZZ_SECONDS: values.seconds, FUZZ_SEED: values.seed },
});
process.exitCode = status ?? 1;
