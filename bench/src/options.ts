import { parseArgs } from "node:util";
import { CONTENDER_NAMES, type ContenderName } from "./contender-name.js";

/** What the person asked for on the command line. */
export interface BenchOptions {
  readonly isQuick: boolean;
  /** Names of scenarios; all where none is given. */
  readonly only: readonly string[];
  readonly contenders: readonly ContenderName[];
  readonly repeats: number;
  /** False: the load client in Node, although there may be a C compiler. */
  readonly wantsC: boolean;
  /** Writes the tables into README.md. */
  readonly writes: boolean;
}

const REPEATS = 5;

/** Reads `--quick`, `--only <scenario>`, `--contender <name>`, `--repeats <n>`, `--node-load` and `--write`. */
export function readOptions(args: readonly string[], scenarios: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      contender: { type: "string", multiple: true, default: [] },
      repeats: { type: "string" },
      "node-load": { type: "boolean", default: false },
      write: { type: "boolean", default: false },
    },
  });
  const repeats = Number(values.repeats ?? (values.quick ? 1 : REPEATS));
  if (!Number.isSafeInteger(repeats) || repeats < 1)
    throw new TypeError("--repeats takes a whole number of at least 1.");
  const asked: readonly string[] = values.contender;
  if (values.write && (values.quick || asked.length > 0 || values.only.length > 0))
    throw new TypeError("--write takes a whole run: leave --quick, --only and --contender out.");
  return {
    isQuick: values.quick,
    only: known(values.only, scenarios, "--only"),
    contenders: asked.length === 0 ? CONTENDER_NAMES : CONTENDER_NAMES.filter((name) => known(asked, CONTENDER_NAMES, "--contender").includes(name)), // prettier-ignore
    repeats,
    wantsC: !values["node-load"],
    writes: values.write,
  };
}

function known(asked: readonly string[], names: readonly string[], option: string): readonly string[] {
  const stranger = asked.find((name) => !names.includes(name));
  if (stranger !== undefined) throw new TypeError(`${option} "${stranger}": there are ${names.join(", ")}.`);
  return asked;
}
