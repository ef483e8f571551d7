import { expect, it } from "vitest";
import { runTorture } from "./torture-run";

it(
  "loses, doubles and reorders nothing while relays are killed and the server crashes",
  { timeout: 300_000 },
  async () => {
    const outcome = await runTorture({ faults: 3, seed: 1, everyMs: 2_000, stopEvery: 3 });
    expect(outcome).toMatchObject({ lost: 0, duplicated: 0, outOfOrder: 0, phantoms: 0, differing: 0, gaps: 0 });
    expect(outcome.kills).toBeGreaterThanOrEqual(2);
    expect(outcome.stops).toBeGreaterThanOrEqual(1);
    expect(outcome.acknowledged).toBeGreaterThan(100);
  },
);
