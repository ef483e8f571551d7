import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { emptyReport } from "./fuzz-report.js";
import { FuzzWorld } from "./fuzz-world.js";
import { Random } from "./random.js";

const SEED = Number(process.env["FUZZ_SEED"] ?? 1);
const SECONDS = Number(process.env["FUZZ_SECONDS"] ?? 6); // for each database
const SETTLE_MS = 20_000;

onEachDatabase((name, open) => {
  it(
    "shows what a plain SELECT of the same user gives, settled and in between, whatever is written",
    async () => {
      const database = await open();
      await FuzzWorld.prepare(database);
      const report = emptyReport();
      const random = new Random(SEED);
      const end = performance.now() + SECONDS * 1000;
      const isOver = () => performance.now() > end || report.mismatches.length >= 5;
      while (!isOver())
        await new FuzzWorld({ database, random: random.fork(), report, settleMs: SETTLE_MS, isOver }).run();
      const { mismatches, ...counts } = report;
      if (process.env["FUZZ_SECONDS"])
        console.log(JSON.stringify({ name, seed: SEED, ...counts, mismatches }, undefined, 1));
      expect(mismatches).toEqual([]);
    },
    (SECONDS + 120) * 1000,
  );
});
