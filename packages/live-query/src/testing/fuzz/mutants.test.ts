import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { afterEach, expect, it, vi } from "vitest";
import { emptyReport } from "./fuzz-report.js";
import { FuzzWorld } from "./fuzz-world.js";
import { MUTANTS } from "./mutants.js";
import { Random } from "./random.js";

const SEED = Number(process.env["FUZZ_SEED"] ?? 1);
const MAX_MS = 90_000; // a mutant that survives so long is not caught
const SETTLE_MS = 8_000;

/** Those that are noticed within seconds; the others are part of a long run: FUZZ_SECONDS=1 vitest run src/testing/fuzz/mutants.test.ts */
const QUICK = new Set([
  "NULL before everything",
  "a decision for all rows of a user",
  "no decision on changed rows",
  "no query is run again",
]);
const isLong = process.env["FUZZ_SECONDS"] !== undefined;

afterEach(() => void vi.restoreAllMocks());

onEachDatabase((_, open) => {
  for (const [mutant, breakEngine] of Object.entries(MUTANTS))
    it(`notices an engine with: ${mutant}`, { timeout: MAX_MS + 60_000 }, async ({ skip }) => {
      skip(!isLong && !QUICK.has(mutant), "Part of a long run.");
      const database = await open();
      skip(database.connectionString === undefined, "The writers take turns there.");
      await FuzzWorld.prepare(database);
      breakEngine();
      const report = emptyReport();
      const random = new Random(SEED);
      const end = performance.now() + MAX_MS;
      const isOver = () => performance.now() > end || report.mismatches.length > 0;
      while (!isOver())
        await new FuzzWorld({ database, random: random.fork(), report, settleMs: SETTLE_MS, isOver }).run();
      expect(report.mismatches.length).toBeGreaterThan(0);
      if (process.env["FUZZ_SECONDS"])
        console.log(JSON.stringify({ mutant, ...report, mismatches: report.mismatches[0]?.slice(0, 60) }));
    });
});
