import { parseArgs } from "node:util";
import { runChaos } from "./chaos-run";
import { inProcessBrokers, type MakeChaosBrokers } from "./cluster/chaos-brokers";
import { lossyBrokers } from "./cluster/lossy-brokers";
import { postgresBrokers } from "./cluster/postgres-brokers";
import { CLIENTS } from "./applications";
import { violationCounts, reportDetails, reportTable } from "./report-table";
import type { RunReport } from "./run-report";
import { TRANSPORTS } from "./transports";

const LONG_SECONDS = 300;
const LONG_RUN = { timesFaster: 1, patienceMs: 60_000 }; // it has the time for the pace of a real client, which stays away for half a minute at most
const BROKERS: ReadonlyMap<string, MakeChaosBrokers> = new Map([
  ["perfect", inProcessBrokers],
  ["lossy", lossyBrokers],
  ["postgres", postgresBrokers],
]);
const MAX_ACCOUNTS = 5; // more would bury the first one

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== "--"),
  options: {
    seconds: { type: "string" },
    seed: { type: "string" },
    transport: { type: "string", multiple: true },
    client: { type: "string", multiple: true },
    nodes: { type: "string" },
    broker: { type: "string" },
  },
});
const seconds = numberOf("seconds", values.seconds ?? "60");
const seed = numberOf("seed", values.seed ?? String(Math.floor(Math.random() * 2 ** 31)));
const nodes = numberOf("nodes", values.nodes ?? "1");
const broker = values.broker ?? "perfect";
const brokers = BROKERS.get(broker);
if (!brokers) throw new TypeError(`--broker ${broker}: there are ${[...BROKERS.keys()].join(", ")}.`);
const chosen = (values.transport ?? [...TRANSPORTS.keys()]).map((name) => {
  const transport = TRANSPORTS.get(name);
  if (!transport) throw new TypeError(`--transport ${name}: there are ${[...TRANSPORTS.keys()].join(", ")}.`);
  return transport;
});
const clients = (values.client ?? CLIENTS).map((name) => {
  const client = CLIENTS.find((known) => known === name);
  if (!client) throw new TypeError(`--client ${name}: there are ${CLIENTS.join(", ")}.`);
  return client;
});

console.log(`seed ${seed}`);
const reports: RunReport[] = [];
for (const { transport, client } of chosen.flatMap((transport) => clients.map((client) => ({ transport, client })))) {
  const report = await runChaos({
    transport,
    client,
    nodes,
    brokers,
    seed,
    seconds,
    ...(seconds >= LONG_SECONDS && LONG_RUN),
  });
  reports.push(report);
  console.log(reportDetails(report));
  if (report.violations.length > 0) console.error(`✗ violations: ${violationCounts(report)}`);
  const firsts = report.violations.filter(
    ({ invariant }, index) => report.violations.findIndex((one) => one.invariant === invariant) === index,
  );
  for (const { invariant, client, channel, account } of [...new Set([...firsts, ...report.violations])].slice(
    0,
    MAX_ACCOUNTS,
  ))
    console.error(
      `✗ ${transport.name}, ${client} client, invariant "${invariant}", ${client} on ${channel}: ${account}`,
    );
}
console.log(`\n${reportTable(reports)}`);

const isBroken = reports.some(({ violations }) => violations.length > 0);
const isEmpty = reports.some(({ kills, seen, lists }) => kills === 0 || seen === 0 || lists === 0);
if (isBroken)
  console.error(
    `\nBroken. Again: pnpm test:chaos --seconds ${seconds} --seed ${seed} --nodes ${nodes} --broker ${broker}`,
  );
if (isEmpty) console.error("\nNothing was proven: a run without a kill, a message or a member.");
process.exit(isBroken || isEmpty ? 1 : 0); // a long run over Socket.IO was seen to turn on after its end, with all of it checked

function numberOf(option: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new TypeError(`--${option} must be a number above 0.`);
  return value;
}
