import type { RunReport } from "./run-report";

const COLUMNS: readonly (readonly [title: string, of: (report: RunReport) => string | number])[] = [
  ["transport", ({ transport }) => transport.name],
  ["client", ({ client }) => client],
  ["nodes", ({ nodes }) => nodes],
  ["kills", ({ kills }) => kills],
  ["published", ({ published }) => published],
  ["seen", ({ seen }) => seen],
  ["resent", ({ resent }) => resent],
  ["in doubt", ({ inDoubt }) => inDoubt],
  ["recoveries", ({ recovered }) => recovered],
  ["recovered:false", ({ gapsReported }) => gapsReported],
  ["duplicates", ({ doubles }) => doubles],
  ["silent gaps", ({ silentGaps }) => silentGaps],
  ["resubscribes", ({ resubscribes }) => resubscribes],
  ["lists", ({ lists }) => lists],
  ["violations", ({ violations }) => violations.length],
  ["max lag ms", ({ maxLagMs }) => Math.round(maxLagMs)],
];

/** All runs side by side. */
export function reportTable(reports: readonly RunReport[]): string {
  const rows = [
    COLUMNS.map(([title]) => title),
    ...reports.map((report) => COLUMNS.map(([, of]) => String(of(report)))),
  ];
  const widths = COLUMNS.map((_column, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) => row.map((cell, index) => cell.padStart(widths[index] ?? 0)).join("  ")).join("\n");
}

/** Further counts of a run: the faults of its connections, and the reasons with which the server saw them end. */
export function reportDetails({ transport, client, faults, brokerFaults, endings }: RunReport): string {
  return `${transport.name}, ${client} client: struck by ${counts(faults)}; between the nodes ${counts(brokerFaults)}; the server saw ${counts(endings)}`;
}

/** How often each invariant was violated. */
export function violationCounts({ violations }: RunReport): string {
  const byInvariant = new Map<string, number>();
  for (const { invariant } of violations) byInvariant.set(invariant, (byInvariant.get(invariant) ?? 0) + 1);
  return counts(byInvariant);
}

function counts(of: ReadonlyMap<string, number>): string {
  return [...of].map(([name, count]) => `${count} × ${name}`).join(", ") || "nothing";
}
