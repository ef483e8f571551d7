import { unwatchTable, watchTable } from "../changes/watch-table.js";
import type { Command } from "./command.js";

export const watchCommand: Command = {
  usage: "watch <table> …",
  summary: "record the changes of tables for live queries; waits for short locks, and does nothing where it is done",
  async run({ args, connect, print, warn }) {
    if (args.length === 0) return noTable("watch", warn);
    const client = connect();
    for (const table of args)
      print((await watchTable(client, table)) ? `Watching ${table}.` : `${table} is watched already.`);
    return 0;
  },
};

export const unwatchCommand: Command = {
  usage: "unwatch <table> …",
  summary: "the undo of watch",
  async run({ args, connect, print, warn }) {
    if (args.length === 0) return noTable("unwatch", warn);
    const client = connect();
    for (const table of args)
      print((await unwatchTable(client, table)) ? `No longer watching ${table}.` : `${table} is not watched.`);
    return 0;
  },
};

function noTable(command: string, warn: (line: string) => void): number {
  warn(`No table. Name one, as SQL does: fourgate-postgres ${command} orders 'app."Orders"'.`);
  return 2;
}
