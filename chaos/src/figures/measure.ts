import { parseArgs } from "node:util";
import type { ChaosTransport } from "../chaos-transport";
import { TRANSPORTS } from "../transports";
import { ALONE, TOGETHER } from "./all-figures";
import type { Figure, Scale } from "./figure";
import { findingsTable, type Row } from "./findings-table";

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== "--"),
  options: { transport: { type: "string", multiple: true }, only: { type: "string" }, short: { type: "boolean" } },
});
const scale: Scale = values.short ? "short" : "full";
const chosen = [...TRANSPORTS.values()].filter(({ name }) => values.transport?.includes(name) ?? true);
const isRequested = ([name]: readonly [string, Figure]) => name.includes(values.only ?? "");

const rows: Row[] = [];
const began = performance.now();
for (const group of TOGETHER) {
  const figures = group
    .filter(isRequested)
    .flatMap(([, figure]) => chosen.map((transport) => measure(figure, transport)));
  rows.push(...(await Promise.all(figures)).flat());
}
for (const [, figure] of ALONE.filter(isRequested))
  for (const transport of chosen) rows.push(...(await measure(figure, transport)));

console.log(findingsTable(rows.toSorted((a, b) => a.figure.localeCompare(b.figure))));
console.log(`\n${Math.round((performance.now() - began) / 1_000)} s, Node ${process.version}`);
process.exitCode = rows.length > 0 && rows.every(({ isMet }) => isMet) ? 0 : 1;

/** A figure that cannot be measured is missed. */
async function measure(figure: Figure, transport: ChaosTransport): Promise<readonly Row[]> {
  try {
    const findings = await figure(transport, scale);
    for (const { figure, measured, isMet } of findings)
      console.error(`${isMet ? "✓" : "✗"} ${transport.name}, ${figure}: ${measured}`);
    return findings.map((finding) => ({ transport: transport.name, ...finding }));
  } catch (cause) {
    console.error(cause);
    return [{ transport: transport.name, figure: "—", bound: "is measured", measured: String(cause), isMet: false }];
  }
}
