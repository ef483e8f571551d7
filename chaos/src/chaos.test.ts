import { expect, it } from "vitest";
import { runChaos } from "./chaos-run";
import { TRANSPORTS } from "./transports";

const SECONDS = 4;

it.each([...TRANSPORTS.values()])(
  "loses nothing in silence and says nothing twice over a failing network, on $name",
  async (transport) => {
    const report = await runChaos({ transport, seed: 4711, seconds: SECONDS });
    expect(report.breaches).toEqual([]);
    expect(report.kills).toBeGreaterThan(5);
    expect(report.recovered).toBeGreaterThan(5);
  },
  60_000,
);
