import { expect, it } from "vitest";
import { runChaos } from "./chaos-run";
import { CLIENTS } from "./people";
import { TRANSPORTS } from "./transports";

const SECONDS = 4;

const ALONE = [...TRANSPORTS.values()].flatMap((transport) =>
  CLIENTS.map((client) => ({ transport, client, nodes: 1 })),
);
const TOGETHER = [...TRANSPORTS.values()].map((transport) => ({ transport, client: "lawful" as const, nodes: 2 }));

it.each([...ALONE, ...TOGETHER])(
  "loses nothing in silence and delivers nothing twice over a failing network, on $transport.name with the $client client and $nodes node(s)",
  async (options) => {
    const report = await runChaos({ ...options, seed: 4711, seconds: SECONDS });
    expect(report.breaches).toEqual([]);
    expect(report.kills).toBeGreaterThan(5);
    expect(report.recovered).toBeGreaterThan(5);
    if (options.client === "lawful") expect(report.resent).toBeGreaterThan(0); // the library does not count it for us
  },
  60_000,
);
