import { expect, it } from "vitest";
import { runChaos } from "./chaos-run";
import { TRANSPORTS } from "./transports";

const SECONDS = 4;

it.each([...TRANSPORTS])(
  "loses nothing in silence and says nothing twice over a failing network, on %s",
  async (_name, transport) => {
    const report = await runChaos({ transport, seed: 4711, seconds: SECONDS });
    expect(report.breaches).toEqual([]);
    expect(report.kills).toBeGreaterThan(5);
    expect(report.recovered).toBeGreaterThan(5);
    expect(report.resent).toBeGreaterThan(0);
  },
  60_000,
);
