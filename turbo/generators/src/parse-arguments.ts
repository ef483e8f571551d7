import { parseArgs } from "node:util";
import { COMMANDS, commandOf, helpOf, overview, type CommandHelp, type CommandName } from "./commands.js";
import { parseEvents } from "./feature/channel-shape.js";
import type { GeneratorInput } from "./input.js";
import { Refusal } from "./refusal.js";

/** A command line, read: what to generate, or what to print. */
export type Command = Where & (Generate | Print);

interface Where {
  readonly root: string | undefined;
  readonly from: string | undefined;
}

/** Files are changed, or the difference is printed. */
export interface Generate {
  readonly input: GeneratorInput;
  readonly isDryRun: boolean;
}

/** Nothing is changed: `list` prints what there is, and `help` how a command is used. */
type Print = { readonly list: { readonly feature: string | undefined } } | { readonly help: string };

/** Reads the arguments of the command line; refuses what it does not understand, and prints what it does. */
export function parseArguments(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const [name, ...words] = positionals;
  const where = { root: text(values["root"]), from: text(values["from"]) };
  const isHelp = values["help"] === true || name === "help" || (words.length === 1 && words[0] === "help");
  const command = commandOf(name === "help" ? words[0] : name);
  if (isHelp) return { ...where, help: command ? helpOf(command) : overview() };
  if (!command)
    throw new Refusal(`${name === undefined ? "Say what to generate" : `"${name}" is no generator`}.\n\n${overview()}`);
  const { given, options } = optionsIn(command, words, values);
  if (command === "list") return { ...where, list: { feature: given[0] } };
  const from = where.from ?? (command === "core-package" ? given[1] : undefined);
  return { ...where, from, input: inputFrom(command, given, options), isDryRun: options["dry-run"] === true };
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

function text(value: string | boolean | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

const FLAG = { type: "boolean" } as const;
const TEXT = { type: "string" } as const;

function parsed(args: readonly string[]) {
  const commands: readonly CommandHelp[] = Object.values(COMMANDS);
  const options = commands.flatMap((command) => Object.entries(command.options));
  const known = options.map(([name, { takes }]) => [name, takes === undefined ? FLAG : TEXT] as const);
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...Object.fromEntries(known), help: { ...FLAG, short: "h" }, root: TEXT, from: TEXT },
    });
    return { values: values as Values, positionals }; // no option may be given several times
  } catch (cause) {
    throw new Refusal(`${cause instanceof Error ? cause.message : String(cause)}\n\n${overview()}`, { cause });
  }
}

interface Given {
  readonly given: readonly string[];
  readonly options: Values;
}

/** The words of a command, and its options; a word that is an option, such as `history`, counts as one. */
function optionsIn(name: CommandName, words: readonly string[], values: Values): Given {
  const { options: known, words: bounds }: CommandHelp = COMMANDS[name];
  const [min, max] = bounds;
  const options: Record<string, string | boolean | undefined> = { ...values };
  const given = words.filter((word, index) => {
    if (index < min && word !== "dry-run") return true;
    const { option, value } = asOption(word);
    const help = Object.hasOwn(known, option) ? known[option] : undefined;
    if (!help || (help.takes === undefined) !== (value === undefined)) return true;
    options[option] = value ?? true;
    return false;
  });
  const foreign = Object.keys(options).find((option) => !Object.hasOwn(known, option) && !EVERYWHERE.has(option));
  if (foreign !== undefined) throw new Refusal(`"${name}" has no option '--${foreign}'.\n\n${helpOf(name)}`);
  if (given.length < min || given.length > max)
    throw new Refusal(`"${name}" takes ${counted(min, max)}, not ${given.length}.\n\n${helpOf(name)}`);
  return { given, options };
}

const EVERYWHERE: ReadonlySet<string> = new Set(["root", "from", "help"]);

function asOption(word: string) {
  const at = word.indexOf("=");
  return at === -1 ? { option: word, value: undefined } : { option: word.slice(0, at), value: word.slice(at + 1) };
}

function counted(min: number, max: number): string {
  return min === max ? `${min} word${min === 1 ? "" : "s"}` : `${min} to ${max} words`;
}

function inputFrom(name: Exclude<CommandName, "list">, words: readonly string[], options: Values): GeneratorInput {
  const [first = "", second = "", third = ""] = words;
  switch (name) {
    case "feature":
      return { generator: name, feature: first };
    case "channel":
      return { generator: name, feature: first, slug: second, scope: third, shape: shapeFrom(options) };
    case "sql-channel":
      return { generator: name, feature: first, pattern: second };
    case "live":
      return { generator: name, feature: first, page: second };
    case "live-table":
      return { generator: name, feature: first, table: second };
    case "handler":
      return { generator: name, feature: first, slug: second, sample: text(options["sample"]) };
    case "remove":
      return { generator: name, what: first, feature: second, slug: third, isForced: options["force"] === true };
    case "core-package":
      return { generator: name, name: first, mode: modeFrom(options), keep: text(options["keep"])?.split(",") ?? [] };
  }
}

function modeFrom({ eject, update }: Values) {
  if (eject === true && update === true)
    throw new Refusal(`Either --eject or --update, not both.\n\n${helpOf("core-package")}`);
  if (eject === true) return "eject";
  return update === true ? "update" : "package";
}

function shapeFrom(options: Values) {
  return {
    events: parseEvents(text(options["events"]), "events"),
    inbound: parseEvents(text(options["inbound"]), "inbound"),
    reply: options["reply"] === true,
    opening: options["opening"] === true,
    history: options["history"] === true,
    presence: options["presence"] === true,
  };
}
