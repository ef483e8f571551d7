import type { TemplateResult } from "@repo/live-ui";
import { difference, encodeForClient, KnownTemplates, renderToString } from "@repo/live-ui/protocol";
import { parseDocument } from "htmlparser2";
import { median } from "../median.js";
import type { Measurement } from "../postgres/measurement.js";
import { pick, type LiveUiScale } from "./live-ui-scale.js";
import { counterPage, invoicePage, invoices } from "./pages.js";

interface Update {
  readonly what: string;
  readonly before: () => TemplateResult;
  readonly after: () => TemplateResult;
  readonly goalUs: number;
}

const rows100 = invoices(100);
const rows1000 = invoices(1000);
const added = { id: 99_999, name: "New", amount: "12.50" };
const changed = rows1000.map((row, at) => (at === 500 ? { ...row, amount: "9.99" } : row));

const UPDATES: readonly Update[] = [
  { what: "a counter", before: () => counterPage(0), after: () => counterPage(1), goalUs: 5 },
  { what: "a row added to 100", before: () => invoicePage(rows100), after: () => invoicePage([...rows100, added]), goalUs: 50 }, // prettier-ignore
  { what: "one of 1 000 rows changed", before: () => invoicePage(rows1000), after: () => invoicePage(changed), goalUs: 500 }, // prettier-ignore
];

/** The CPU time from a page's data to the patch as JSON, beside a whole render that is parsed. */
export async function templateToPatch(scale: LiveUiScale): Promise<readonly Measurement[]> {
  const cpu = { rounds: pick(scale, { full: 5, short: 3, smoke: 1 }), us: pick(scale, { full: 250_000, short: 100_000, smoke: 1 }) }; // prettier-ignore
  return UPDATES.map(({ what, before, after, goalUs }) => {
    const known = new KnownTemplates();
    const shown = before();
    const patch = () => JSON.stringify([0, ...encodeForClient(difference(shown, after(), "l1"), known)]);
    const parse = () => parseDocument(renderToString(after(), { root: "l1" }));
    const [ours, parsed] = [medianCpu(patch, cpu), medianCpu(parse, cpu)];
    return {
      what: `${what}: CPU time from the data to the patch as JSON`,
      ours: `${ours.toFixed(1)} µs`,
      peer: `render + htmlparser2: ${parsed.toFixed(0)} µs (${(parsed / ours).toFixed(0)} ×)`,
      goal: `≤ ${goalUs} µs`,
      isMet: ours <= goalUs,
    };
  });
}

interface CpuScale {
  readonly rounds: number;
  /** At least so much CPU time for each round. */
  readonly us: number;
}

function medianCpu(run: () => unknown, { rounds, us }: CpuScale): number {
  return median(Array.from({ length: rounds }, () => cpuMicroseconds(run, us)));
}

/** The CPU time of one run of the process, over as many runs as take so much CPU time. */
function cpuMicroseconds(run: () => unknown, atLeast: number): number {
  for (let runs = 8; ; runs *= 2) {
    const began = process.cpuUsage();
    for (let nth = 0; nth < runs; nth += 1) run();
    const { user, system } = process.cpuUsage(began);
    if (user + system >= atLeast) return (user + system) / runs;
  }
}
