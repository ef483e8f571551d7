import { parseArgs } from "node:util";
import { BenchFilter } from "./bench-filter.js";
import { CONTENDER_NAMES, type ContenderName } from "./contender-name.js";
import { pick } from "./scale.js";
import type { Scenario } from "./scenario.js";

/** What the command line requests. */
export interface BenchOptions {
  readonly scale: "full" | "quick";
  readonly filter: BenchFilter;
  readonly contenders: readonly ContenderName[];
  readonly repeats: number;
  /** False: the load client in Node, although there may be a C compiler. */
  readonly wantsC: boolean;
  /** Writes the tables into README.md. */
  readonly writes: boolean;
  /** Measures under the profiler. */
  readonly profiles: boolean;
}

/** Reads `--quick`, `--only <part>`, `--profile <part>`, `--contender <name>`, `--repeats <n>`, `--node-load` and `--write`. */
export function readOptions(args: readonly string[], scenarios: readonly Scenario[]): BenchOptions {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== "--"), // pnpm passes it on
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      profile: { type: "string", multiple: true, default: [] },
      contender: { type: "string", multiple: true, default: [] },
      repeats: { type: "string" },
      "node-load": { type: "boolean", default: false },
      write: { type: "boolean", default: false },
    },
  });
  const scale = values.quick ? "quick" : "full";
  const repeats = Number(values.repeats ?? pick(scale, { full: 5, quick: 1, smoke: 1 }));
  if (!Number.isSafeInteger(repeats) || repeats < 1)
    throw new TypeError("--repeats takes a whole number of at least 1.");
  const parts = [...values.only, ...values.profile];
  if (values.write && (values.quick || values.contender.length > 0 || parts.length > 0))
    throw new TypeError("--write takes a whole run: leave --quick, --only, --profile and --contender out.");
  const filter = new BenchFilter(parts);
  if (scenarios.every((scenario) => filter.labelsOf(scenario, scale).length === 0))
    throw new TypeError(`Nothing contains ${parts.map((part) => `"${part}"`).join(" or ")}. There are:\n${listOf(scenarios, scale)}`); // prettier-ignore
  return {
    scale,
    filter,
    contenders: contendersOf(values.contender),
    repeats,
    wantsC: !values["node-load"],
    writes: values.write,
    profiles: values.profile.length > 0,
  };
}

function contendersOf(named: readonly string[]): readonly ContenderName[] {
  const unknown = named.find((name) => !CONTENDER_NAMES.some((each) => each === name));
  if (unknown !== undefined) throw new TypeError(`--contender "${unknown}": there are ${CONTENDER_NAMES.join(", ")}.`);
  return named.length === 0 ? CONTENDER_NAMES : CONTENDER_NAMES.filter((name) => named.includes(name));
}

function listOf(scenarios: readonly Scenario[], scale: "full" | "quick"): string {
  return scenarios.flatMap(({ title, labels }) => labels(scale).map((label) => `  ${title}: ${label}`)).join("\n");
}
