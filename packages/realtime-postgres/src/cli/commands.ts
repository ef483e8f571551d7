import { migrate, scriptOf } from "../migrations/migrate.js";
import { packagedMigrations } from "../migrations/migration.js";
import { migrationStatus, type MigrationState } from "../migrations/migration-status.js";
import type { Command } from "./command.js";
import { doctor } from "./doctor.js";
import { tail } from "./tail.js";
import { unwatchCommand, watchCommand } from "./watch.js";

const migrateCommand: Command = {
  usage: "migrate",
  summary: "make or change the tables; does nothing where they are up to date",
  async run({ connect, print }) {
    const client = connect();
    const missing = namesOf(await migrationStatus(client), "pending");
    await migrate(client);
    print(missing.length === 0 ? "Up to date." : `Applied ${missing.join(", ")}.`);
    return 0;
  },
};

const statusCommand: Command = {
  usage: "status",
  summary: "list the migrations; exit code 1 unless all of them are applied",
  async run({ connect, print }) {
    const states = await migrationStatus(connect());
    for (const one of states) print(`${one.state.padEnd(8)} ${one.name}${appliedAt(one)}`);
    return states.every(({ state }) => state === "applied") ? 0 : 1;
  },
};

const sqlCommand: Command = {
  usage: "sql [--pending]",
  summary: "print the script for an empty database, or what the database lacks",
  async run({ options, connect, print }) {
    const migrations = await packagedMigrations();
    const lacking = options.pending ? namesOf(await migrationStatus(connect()), "pending") : undefined;
    print(scriptOf(migrations.filter(({ name }) => lacking?.includes(name) ?? true)));
    return 0;
  },
};

const tailCommand: Command = {
  usage: "tail [pattern] [--json]",
  summary: "print messages as they arrive, of the channels that a pattern matches: 'order:%'",
  async run({ args: [pattern], options: { json }, connect, print, warn, signal }) {
    await tail(
      { client: connect(), pattern, isJson: json ?? false, width: process.stdout.columns, print, warn },
      signal,
    );
    return 0;
  },
};

const doctorCommand: Command = {
  usage: "doctor",
  summary: "show what is wrong with the database, and the line that repairs it; exit code 1 where there is an error",
  run: ({ connect, print }) => doctor({ client: connect() }, print),
};

/** Every command, by its name. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ["migrate", migrateCommand],
  ["status", statusCommand],
  ["sql", sqlCommand],
  ["watch", watchCommand],
  ["unwatch", unwatchCommand],
  ["tail", tailCommand],
  ["doctor", doctorCommand],
]);

function namesOf(states: readonly MigrationState[], state: MigrationState["state"]): readonly string[] {
  return states.filter((one) => one.state === state).map(({ name }) => name);
}

function appliedAt(one: MigrationState): string {
  return one.state === "pending" ? "" : `  ${one.appliedAt.toISOString()}`;
}
