/** A command of the generators: what follows it, and what it does. */
export interface CommandHelp {
  /** What follows the command, for its help. */
  readonly usage: string;
  /** How many words follow it: at least, and at most. */
  readonly words: readonly [min: number, max: number];
  /** Its options; each is also a word after the others, which passes through `turbo gen --args`. */
  readonly options: Readonly<Record<string, OptionHelp>>;
  readonly purpose: string;
  /** More than one line about it. */
  readonly more?: string;
}

/** An option: what it takes, where it takes something, and what it does. */
export interface OptionHelp {
  readonly takes?: string;
  readonly does: string;
}

const DRY_RUN: OptionHelp = { does: "print what would change as a diff, and write nothing" };

const SCOPES = `  scope     public | authenticated | role:<role> | user:<placeholder>`;

/** Every command, by its word. */
export const COMMANDS = {
  feature: {
    usage: "<name>",
    words: [1, 1],
    options: { "dry-run": DRY_RUN },
    purpose: "a package for a feature, bound by the app",
  },
  channel: {
    usage: "<feature> <slug | name> <scope>",
    words: [3, 3],
    options: {
      events: { takes: "<a,b>", does: "the events that the server sends; left out: one without a name" },
      inbound: { takes: "<a,b>", does: "the events that clients may send, with a handler for them" },
      reply: { does: "the handler returns a reply, whose shape the channel declares" },
      opening: { does: "a new subscriber receives an opening" },
      history: { does: "messages are kept, so that a client that was away receives them" },
      presence: { does: "it is known who is on the channel" },
      "dry-run": DRY_RUN,
    },
    purpose: "a channel, bound and live, with its tests",
    more: `  slug      order-status: the channel is called <feature>.order-status
  name      "polls.{pollId}": the channel's whole name, with placeholders
${SCOPES}`,
  },
  handler: {
    usage: "<feature> <slug>",
    words: [2, 2],
    options: {
      sample: { takes: "'<json>'", does: "a message for its test, where none can be read off the channel" },
      "dry-run": DRY_RUN,
    },
    purpose: "a handler for a channel that has none, bound and traced, with its test",
  },
  "sql-channel": {
    usage: "<feature> <pattern>",
    words: [2, 2],
    options: { "dry-run": DRY_RUN },
    purpose: `channels in Postgres, such as "order:%": a migration with policies, and its test`,
  },
  "live-table": {
    usage: "<feature> <table>",
    words: [2, 2],
    options: { "dry-run": DRY_RUN },
    purpose: "a table that clients query, such as order_notes: migration, description, hook, test",
  },
  live: {
    usage: "<feature> <page>",
    words: [2, 2],
    options: { "dry-run": DRY_RUN },
    purpose: "a page that the server renders and keeps up to date, and its test",
  },
  remove: {
    usage:
      "channel <feature> <slug> | handler <feature> <slug> | sql-channel <feature> <pattern> | live-table <feature> <table> | live <feature> <page> | feature <feature>",
    words: [2, 3],
    options: {
      force: { does: "also what was changed by hand since it was generated" },
      "dry-run": DRY_RUN,
    },
    purpose: "takes out what was generated: its files, its exports and its registrations",
    more: "  A file that was changed by hand is refused, and named; --dry-run shows what would go. What a migration has done to a\n  database stays there.",
  },
  list: {
    usage: "[<feature>]",
    words: [0, 1],
    options: {},
    purpose:
      "features, their channels (name, scope, handler, and whether they are bound), pages, tables and channels in SQL",
  },
  "core-package": {
    usage: "realtime [<path of Fourgate>]",
    words: [1, 2],
    options: {
      eject: { does: "copy the sources of its packages instead, from the path of Fourgate" },
      update: { does: "merge newer sources with your changes, into what was ejected" },
      keep: { takes: "<a,b>", does: "files of yours that an update leaves as they are" },
      "dry-run": DRY_RUN,
    },
    purpose: "@repo/core-realtime over fourgate, and a first feature, for a turbo workspace",
  },
} as const satisfies Readonly<Record<string, CommandHelp>>;

/** The word of a command. */
export type CommandName = keyof typeof COMMANDS;

/** A command by its word. */
export function commandOf(name: string | undefined): CommandName | undefined {
  return name !== undefined && Object.hasOwn(COMMANDS, name) ? (name as CommandName) : undefined; // a key, as was just checked
}

/** How each command is used. */
export function overview(): string {
  const all: readonly (readonly [string, CommandHelp])[] = Object.entries(COMMANDS);
  const lines = all.map(([name, { usage, purpose }]) => `  ${name} ${usage}\n      ${purpose}`);
  return `Usage:
${lines.join("\n")}

<command> --help describes one. Each option is also a word at the end, such as \`history\` or \`events=tally,closed\`:
words pass through \`turbo gen --args\`, options do not. --root <path> names another workspace.
`;
}

/** How one command is used. */
export function helpOf(name: CommandName): string {
  const { usage, purpose, options, more }: CommandHelp = COMMANDS[name];
  const rows = Object.entries(options).map(([option, { takes, does }]) => {
    const word = takes === undefined ? option : `${option}=…`;
    return [`  --${option}${takes === undefined ? "" : ` ${takes}`}`, `or ${word}`, does] as const;
  });
  const [first, second] = [0, 1].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? "").length)));
  const lines = rows.map(([a, b, does]) => `${a.padEnd(first ?? 0)}  ${b.padEnd(second ?? 0)}  ${does}`);
  const parts = [`${name} ${usage}`, `  ${purpose}`, ...(more === undefined ? [] : ["", more])];
  return [...parts, ...(lines.length === 0 ? [] : ["", ...lines]), ""].join("\n");
}
