import { expect, it } from "vitest";
import { runChaos } from "./chaos-run";
import { CLIENTS } from "./people";
import { TRANSPORTS } from "./transports";

const SECONDS = 4;

const CASES = [...TRANSPORTS.values()].flatMap((transport) => CLIENTS.map((client) => ({ transport, client })));

it.each(CASES.map((one) => [one.transport.name, one.client, one] as const))(
  "loses nothing in silence and says nothing twice over a failing network, on %s with the %s client",
  async (_transport, _client, one) => {
    const report = await runChaos({ ...one, seed: 4711, seconds: SECONDS });
    expect(report.breaches).toEqual([]);
    expect(report.kills).toBeGreaterThan(5);
    expect(report.recovered).toBeGreaterThan(5);
    if (one.client === "lawful") expect(report.resent).toBeGreaterThan(0); // the library does not count it for us
  },
  60_000,
);
