import { expect, it } from "vitest";
import { runChaos } from "./chaos-run";
import { SABOTAGES } from "./sabotage/sabotages";
import { ws } from "./transports/ws";

it.concurrent.each(SABOTAGES.map((one) => [one.name, one] as const))(
  "notices a server that %s",
  async (_name, { breaks, sabotage, faultEveryMs = 90 }) => {
    const report = await runChaos({
      transport: ws,
      seed: 4711,
      seconds: 2.5,
      faultEveryMs,
      patienceMs: 3_000,
      presenceBoundMs: 5_000,
      sabotage,
    });
    expect(report.violations.map(({ invariant }) => invariant)).toEqual(expect.arrayContaining([...breaks]));
  },
  30_000,
);
