import { expect, it } from "vitest";
import { runChaos } from "./chaos-run";
import { lossyBrokers } from "./cluster/lossy-brokers";
import { postgresBrokers } from "./cluster/postgres-brokers";
import { CLIENTS } from "./applications";
import { TRANSPORTS } from "./transports";

const SECONDS = 4;

const ALONE = [...TRANSPORTS.values()].flatMap((transport) =>
  CLIENTS.map((client) => ({ transport, client, nodes: 1 })),
);
const TOGETHER = [...TRANSPORTS.values()].map((transport) => ({ transport, client: "conforming" as const, nodes: 2 }));

it.each([...ALONE, ...TOGETHER])(
  "loses nothing in silence and delivers nothing twice over a failing network, on $transport.name with the $client client and $nodes node(s)",
  async (options) => {
    const report = await runChaos({ ...options, seed: 4711, seconds: SECONDS });
    expect(report.violations.map(({ invariant, account }) => `${invariant}: ${account}`)).toEqual([]);
    expect(report.kills).toBeGreaterThan(5);
    expect(report.recovered).toBeGreaterThan(5);
    if (options.client === "conforming") expect(report.resent).toBeGreaterThan(0); // the library does not count it for us
  },
  60_000,
);

it("repairs what is lost, repeated, reordered and cut off between two nodes before a client notices", async () => {
  const [transport] = TRANSPORTS.values();
  if (!transport) throw new TypeError("There is no transport.");
  const report = await runChaos({ transport, nodes: 2, brokers: lossyBrokers, seed: 4711, seconds: 2 * SECONDS });
  expect(report.violations.map(({ invariant, account }) => `${invariant}: ${account}`)).toEqual([]);
  expect(report.kills).toBeGreaterThan(5);
  expect(report.recovered).toBeGreaterThan(5);
}, 60_000);

it("loses nothing that was acknowledged while the database of two nodes is restarted and cut off half-open", async () => {
  const [transport] = TRANSPORTS.values();
  if (!transport) throw new TypeError("There is no transport.");
  const report = await runChaos({ transport, nodes: 2, brokers: postgresBrokers, seed: 4711, seconds: 3 * SECONDS });
  expect(report.violations.map(({ invariant, account }) => `${invariant}: ${account}`)).toEqual([]);
  expect([...report.brokerFaults.keys()]).toEqual(expect.arrayContaining(["stop fast", "LISTEN half-open"]));
  expect(report.kills).toBeGreaterThan(5);
  expect(report.seen).toBeGreaterThan(0);
}, 180_000);
