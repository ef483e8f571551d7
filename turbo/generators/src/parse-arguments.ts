import { parseArgs } from "node:util";
import type { GeneratorInput } from "./input.js";
import { Refusal } from "./refusal.js";

/** A command line, read. */
export interface Command {
  readonly input: GeneratorInput;
  readonly isDryRun: boolean;
  readonly root: string | undefined;
  readonly from: string | undefined;
}

const USAGE = `Usage:
  feature <name>                            a package for a feature
  channel <feature> <slug> <scope>          scope: public | authenticated | role:<role> | user:<param>
  sql-channel <feature> <pattern>           channels in Postgres: "order:%"
  live <feature> <page>                     a page that the server renders and keeps up to date
  live-table <feature> <table>              a table that clients query: order_notes
  handler <feature> <channel-slug>          [--sample '<json>']: a message that its test may send
  core-package realtime                     @repo/core-realtime over fourgate, and a first feature, for a turbo workspace
  core-package realtime --eject             [<path of Fourgate>]: the sources of its packages instead
  core-package realtime --update            [<path of Fourgate>] [--keep <file>]…: newer sources, merged with your changes
Each takes --dry-run (or the word dry-run, which passes through \`turbo gen --args\`) and --root <path>.`;

/** Reads the arguments of the command line; refuses what it does not understand, and says what it does. */
export function parseArguments(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const words = positionals.filter((word) => word !== DRY_RUN);
  const isDryRun = values[DRY_RUN] === true || words.length < positionals.length;
  if (words[0] !== "core-package")
    return { input: inputFrom(words, values.sample), isDryRun, root: values.root, from: values.from };
  const { mode, rest } = corePackageMode(words, values);
  const from = values.from ?? rest.splice(2, 1)[0];
  const input = exactly(1, rest.slice(1), {
    generator: "core-package",
    name: rest[1] ?? "",
    mode,
    keep: values.keep ?? [],
  });
  return { input, isDryRun, root: values.root, from };
}

const MODES = ["eject", "update"] as const;

/** By option, or by word, which passes through `turbo gen --args`. */
function corePackageMode(
  words: readonly string[],
  values: { readonly [Mode in (typeof MODES)[number]]?: boolean | undefined },
) {
  const given = MODES.filter((mode) => values[mode] === true || words.slice(2).includes(mode));
  if (given.length > 1) throw new Refusal(`Either --eject or --update, not both.\n\n${USAGE}`);
  const rest = words.filter((word, index) => index < 2 || !MODES.some((mode) => mode === word));
  return { mode: given[0] ?? ("package" as const), rest };
}

const DRY_RUN = "dry-run";

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        [DRY_RUN]: { type: "boolean" },
        root: { type: "string" },
        from: { type: "string" },
        sample: { type: "string" },
        eject: { type: "boolean" },
        update: { type: "boolean" },
        keep: { type: "string", multiple: true },
      },
    });
  } catch (cause) {
    throw new Refusal(`${cause instanceof Error ? cause.message : String(cause)}\n\n${USAGE}`, { cause });
  }
}

function inputFrom([generator, ...words]: readonly string[], sample: string | undefined): GeneratorInput {
  const [first = "", second = "", third = ""] = words;
  switch (generator) {
    case "feature":
      return exactly(1, words, { generator, feature: first });
    case "channel":
      return exactly(3, words, { generator, feature: first, slug: second, scope: third });
    case "sql-channel":
      return exactly(2, words, { generator, feature: first, pattern: second });
    case "live":
      return exactly(2, words, { generator, feature: first, page: second });
    case "live-table":
      return exactly(2, words, { generator, feature: first, table: second });
    case "handler":
      return exactly(2, words, { generator, feature: first, slug: second, sample });
    default:
      throw new Refusal(
        `${generator === undefined ? "Say what to generate" : `"${generator}" is no generator`}.\n\n${USAGE}`,
      );
  }
}

function exactly(count: number, words: readonly string[], input: GeneratorInput): GeneratorInput {
  if (words.length === count) return input;
  throw new Refusal(
    `"${input.generator}" takes ${count} word${count === 1 ? "" : "s"}, not ${words.length}.\n\n${USAGE}`,
  );
}
