import { afterAll, beforeAll, expect, it } from "vitest";
import { buildPrograms, type Programs } from "./build.js";
import { CONTENDER_NAMES, type ContenderName } from "./contender-name.js";
import { SCENARIOS } from "./scenarios/scenarios.js";

const OURS: readonly ContenderName[] = ["Fourgate ws"];

let programs: Programs;
beforeAll(async () => {
  programs = await buildPrograms(true);
});
afterAll(() => programs.remove());

it.each(SCENARIOS)("measures $name for the time of a blink", { timeout: 60_000 }, async (scenario) => {
  const contenders = scenario.name === "fan-out" ? CONTENDER_NAMES : OURS; // everybody once, not everybody everywhere
  const rows = await scenario.run({ programs, contenders, isQuick: true, repeats: 1, say: () => undefined });
  expect(rows).not.toEqual([]);
  for (const { values } of rows) {
    expect([...values.keys()]).toEqual(contenders);
    for (const value of values.values()) expect(value).toSatisfy(Number.isFinite);
  }
});
